package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.ticketing.experiments.compare.Cost;
import org.ticketing.experiments.compare.Cost.Kind;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Tally;

/**
 * What the rounds of the comparisons found, a row for each system, and one more for each that was
 * also measured as shipped.
 */
final class ComparisonTables {

  private final Evidence evidence;

  ComparisonTables(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Ratios of latency and throughput. */
  String speed() {
    return table(
        List.of("system", "warm after", "p50", "p95", "p99", "own p95/p50", "throughput"),
        (results, system) -> {
          Ratios ratios = system.ratios();
          return List.of(
              system.warmUp().flat()
                  ? Text.count(system.warmUp().payments()) + " payments"
                  : "not warm",
              ratios == null ? Text.NONE : Text.of(ratios.p50()),
              ratios == null ? Text.NONE : Text.of(ratios.p95()),
              ratios == null ? Text.NONE : Text.of(ratios.p99()),
              Text.of(system.tail()),
              ratios == null ? Text.NONE : Text.of(ratios.throughput()));
        });
  }

  /** Processor time, in milliseconds a payment, and as a ratio. */
  String cost() {
    return table(
        List.of(
            "system",
            "services, ms",
            "of it compilers",
            "of it afterwards",
            "databases, ms",
            "coordinator, ms",
            "all, to the yardstick"),
        (results, system) -> {
          Cost cost = system.cost();
          return List.of(
              Text.oneDigit(cost.services()),
              cost.compilers().isPresent()
                  ? Text.oneDigit(cost.compilers().getAsDouble())
                  : Text.NONE,
              Text.oneDigit(cost.servicesAfterwards()),
              cost.has(Kind.DATABASE) ? Text.oneDigit(cost.databases()) : Text.NONE,
              cost.has(Kind.COORDINATOR) ? Text.oneDigit(cost.coordinator()) : Text.NONE,
              Rounds.of(results)
                  .processorTime(system.system())
                  .map(Ratio::toString)
                  .orElse(Text.NONE));
        });
  }

  /** What was promised, and what was found in the databases and seen by readers. */
  String promises() {
    return table(
        List.of(
            "system",
            "asked",
            "completed",
            "refused",
            "failed",
            "unknown",
            "violations",
            "in doubt",
            "contradictions",
            "fractured",
            "for, p50/p99/max ms",
            "false refusals"),
        (results, system) -> {
          Judged judged = Judged.of(system);
          FracturedReads seen = system.seen().fracturedReads();
          return List.of(
              sum(system, Tally::asked),
              sum(system, tally -> tally.answers().completed()),
              sum(system, tally -> tally.answers().refusedCount()),
              sum(system, tally -> tally.answers().failedCount()),
              sum(system, tally -> tally.answers().unknownCount()),
              Text.count(judged.violations()),
              Text.count(judged.inDoubt()),
              Text.count(judged.contradictions()),
              Reading.share(seen.fractured(), seen.watched()).map(Reading::text).orElse(Text.NONE),
              seen.fractured() == 0
                  ? Text.NONE
                  : "%s/%s/%s"
                      .formatted(
                          Text.millis(seen.p50Micros()),
                          Text.millis(seen.p99Micros()),
                          Text.millis(seen.maxMicros())),
              Text.count(system.seen().falseRefusals()));
        });
  }

  /** The ratios of the control to the yardstick, in words. */
  String noise() {
    String control = evidence.comparison().map(one -> one.yardstick().control()).orElse(null);
    if (control == null) {
      return "There was no control pair in this run, so that its noise is not known.";
    }
    return evidence.comparison().orElseThrow().systems().stream()
        .filter(one -> one.system().equals(control))
        .map(SystemResult::ratios)
        .filter(ratios -> ratios != null)
        .findFirst()
        .map(
            ratios ->
                """
                The yardstick was started a second time as `%s`. Its ratios to the first, which would be 1 on a
                perfect machine, are: p50 %s, p95 %s, p99 %s, throughput %s."""
                    .formatted(
                        control,
                        Text.of(ratios.p50()),
                        Text.of(ratios.p95()),
                        Text.of(ratios.p99()),
                        Text.of(ratios.throughput())))
        .orElse("The control was not warm, so that the noise of this run is not known.");
  }

  private interface Row {
    List<String> of(Results results, SystemResult system);
  }

  private String table(List<String> headings, Row row) {
    MarkdownTable table = new MarkdownTable(headings);
    evidence
        .comparison()
        .ifPresent(
            results ->
                results
                    .systems()
                    .forEach(
                        system -> add(table, Text.code(system.system()), row.of(results, system))));
    evidence
        .asShipped()
        .ifPresent(
            results ->
                results.systems().stream()
                    .filter(system -> ranAsShipped(system.system(), results))
                    .forEach(
                        system ->
                            add(
                                table,
                                Text.code(system.system()) + " as shipped",
                                row.of(results, system))));
    return table.isEmpty() ? "" : table.toString();
  }

  private static void add(MarkdownTable table, String name, List<String> cells) {
    List<String> all = new ArrayList<>();
    all.add(name);
    all.addAll(cells);
    table.add(all);
  }

  private static boolean ranAsShipped(String system, Results results) {
    return AsShipped.of(system, results.environment().changes());
  }

  private static String sum(SystemResult system, ToIntFunction<Tally> count) {
    return Text.count(system.rounds().stream().map(Round::tally).mapToInt(count).sum());
  }
}

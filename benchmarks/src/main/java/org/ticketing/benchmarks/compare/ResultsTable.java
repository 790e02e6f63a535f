package org.ticketing.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.ticketing.benchmarks.compare.Results.Promise;
import org.ticketing.benchmarks.compare.Results.Round;
import org.ticketing.benchmarks.compare.Results.SystemResult;
import org.ticketing.benchmarks.load.Tally;
import org.ticketing.benchmarks.report.TextTable;
import org.ticketing.stack.Variant;

/**
 * The results as a person reads them in a terminal: what it cost, and what was promised and seen.
 */
public final class ResultsTable {

  private static final List<String> COST = List.of("system", "throughput", "p50", "p95", "p99");

  private static final List<String> COUNTS =
      List.of(
          "system",
          "asked",
          "completed",
          "refused",
          "unanswered",
          "violations",
          "in doubt",
          "fractured",
          "p50/max ms",
          "false refusals");

  private ResultsTable() {}

  public static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(table(COST, results, ResultsTable::cost)).append('\n');
    text.append(table(COUNTS, results, ResultsTable::counts)).append('\n');
    text.append(legend(results));
    for (SystemResult system : results.systems()) {
      text.append(verdict(system)).append('\n');
      surprise(system).ifPresent(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private static String table(
      List<String> headings, Results results, Function<SystemResult, List<String>> row) {
    TextTable table = new TextTable(1, headings);
    results.systems().forEach(system -> table.add(row.apply(system)));
    return table.toString();
  }

  private static List<String> cost(SystemResult system) {
    return List.of(
        system.system(),
        text(system.ratios().throughput()),
        text(system.ratios().p50()),
        text(system.ratios().p95()),
        text(system.ratios().p99()));
  }

  private static List<String> counts(SystemResult system) {
    Promise promise = system.promise();
    Sightings seen = system.seen();
    return List.of(
        system.system(),
        sum(system, Tally::asked),
        sum(system, Tally::completed),
        sum(system, Tally::refusedCount),
        sum(system, Tally::unansweredCount),
        Long.toString(promise.violations()),
        Long.toString(promise.inDoubt().values().stream().mapToLong(Long::longValue).sum()),
        "%d of %d".formatted(seen.fractured(), seen.watched()),
        seen.fractured() == 0
            ? "-"
            : String.format(
                Locale.ROOT,
                "%.1f/%.1f",
                seen.fractureP50Micros() / 1e3,
                seen.fractureMaxMicros() / 1e3),
        Integer.toString(seen.falseRefusals()));
  }

  private static String text(Ratio ratio) {
    return ratio == null ? "-" : ratio.toString();
  }

  private static String sum(SystemResult system, ToIntFunction<Tally> count) {
    return Integer.toString(system.rounds().stream().map(Round::tally).mapToInt(count).sum());
  }

  private static String legend(Results results) {
    SystemResult reference =
        results.systems().stream()
            .filter(system -> system.system().equals(Variant.UNCOORDINATED.id()))
            .findFirst()
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        """
        Throughput (completed payments a second) and latency (of completed payments) are ratios to
        uncoordinated in the same round: median (lowest-highest) of %d measured rounds. Counts cover
        all rounds, warm-up included, as the audit does. On this machine, in this run, uncoordinated
        itself made %.0f payments a second, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms (medians).
        Fractured: of the payments watched by %d readers, those seen to have used their points whose
        reservation, read later, was not confirmed; how long at least (p50/max).
        False refusals: "insufficient points" although only a payment that came to nothing held them.
        %s
        """,
        results.settings().measuredRounds(),
        median(reference, Tally::throughput),
        median(reference, tally -> tally.p50Micros() / 1e3),
        median(reference, tally -> tally.p95Micros() / 1e3),
        median(reference, tally -> tally.p99Micros() / 1e3),
        results.settings().readers(),
        results.settings().jvmOptions().isEmpty()
            ? ""
            : "The services ran with %s: a first impression, not for publishing.\n"
                .formatted(String.join(" ", results.settings().jvmOptions())));
  }

  private static double median(SystemResult system, ToDoubleFunction<Tally> figure) {
    return Ratio.median(
        system.rounds().stream()
            .filter(round -> !round.warmup())
            .map(Round::tally)
            .mapToDouble(figure)
            .toArray());
  }

  /** Answers that the workload cannot explain are for a person to look at. */
  private static Optional<String> surprise(SystemResult system) {
    int unexpected = system.rounds().stream().map(Round::tally).mapToInt(Tally::unexpected).sum();
    return unexpected == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %d answers were not those their payments were prepared for; see results.json."
                .formatted(system.system(), unexpected));
  }

  private static String verdict(SystemResult system) {
    Promise promise = system.promise();
    String name = system.system();
    if (!promise.kept()) {
      return "%s: NOT AS EXPECTED: %d violations where %d were expected %s, in doubt %s; for example %s"
          .formatted(
              name,
              promise.violations(),
              promise.expectedViolations(),
              promise.violationsByKind(),
              promise.inDoubt(),
              promise.examples());
    }
    return promise.violations() == 0
        ? name + ": kept the promise, all or nothing in every payment."
        : "%s: broke it %d times, once for each late refusal, as expected."
            .formatted(name, promise.violations());
  }
}

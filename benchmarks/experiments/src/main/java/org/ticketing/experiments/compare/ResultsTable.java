package org.ticketing.experiments.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Cost.Kind;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Results.Yardstick;
import org.ticketing.experiments.counts.CountsTable;
import org.ticketing.experiments.report.Audited;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Tally;

/**
 * The results as tables for a terminal: what payments cost, what was promised, and what was seen.
 */
public final class ResultsTable {

  private static final List<String> COST =
      List.of(
          "system", "cpu ms", "compilers", "afterwards", "databases", "coordinator", "warm after");

  private static final List<String> LATENCY =
      List.of("system", "throughput", "p50", "p95", "p99", "own p95/p50", "p50/floor");

  private static final List<String> COUNTS =
      List.of(
          "system",
          "asked",
          "completed",
          "refused",
          "failed",
          "unknown",
          "violations",
          "in doubt",
          "fractured",
          "p50/max ms",
          "false refusals");

  /** Behind the name of what was switched on and off. */
  private static final List<String> SWITCHED =
      List.of("cpu ms off", "cpu", "without compilers", "with servers", "throughput", "p50");

  private static final String OBSERVABILITY_LEGEND =
      """
      Observability: each system with metrics and traces on, as the ratio to itself with them switched off
      in the same processes and round: median (lowest-highest). Cpu: of all service processes for a
      payment of one client; without compilers: the same without what the JIT compilers took, which go on
      for long after a system is warm and then end; with servers: cpu, and that of the databases and the
      coordinator's server. Traces were sent %d times, metrics read %d times. A system that is not warm
      has no ratios.
      """;

  private static final String TRACKING_LEGEND =
      """
      Tracking: each system with the log of its transactions on, as the ratio to itself with everything
      off in the same round: median (lowest-highest). Cpu as in the table of observability. The payment
      processes wrote %d rows.
      """;

  private static final String NO_LATENCY =
      """
      No system becomes warm in so short a run. Ratios of throughput and latency need the longer runs:
      ./ticketing compare without --quick.\
      """;

  private ResultsTable() {}

  public static String of(Results results) {
    StringBuilder text = new StringBuilder();
    boolean rounds = !results.systems().isEmpty();
    if (rounds) {
      text.append(table(COST, results, ResultsTable::cost)).append('\n');
      if (results.settings().latency()) {
        Floor floor = results.yardstick().floor();
        text.append(table(LATENCY, results, system -> latency(system, floor))).append('\n');
      }
      text.append(table(COUNTS, results, ResultsTable::counts)).append('\n');
    }
    text.append(SweepTables.of(results));
    text.append(counts(results));
    text.append(observability(results));
    text.append(tracking(results));
    text.append(LeversTable.of(results));
    text.append(unsafe(results));
    if (rounds) {
      text.append(roundsLegend(results));
    }
    text.append(legend(results));
    text.append(Verdicts.of(results));
    return text.toString();
  }

  private static String table(
      List<String> headings, Results results, Function<SystemResult, List<String>> row) {
    TextTable table = new TextTable(1, headings);
    results.systems().forEach(system -> table.add(row.apply(system)));
    return table.toString();
  }

  private static List<String> cost(SystemResult system) {
    Cost cost = system.cost();
    return List.of(
        system.system(),
        millis(cost.services()),
        cost.compilers().isPresent() ? millis(cost.compilers().getAsDouble()) : "-",
        millis(cost.servicesAfterwards()),
        cost.has(Kind.DATABASE) ? millis(cost.databases()) : "-",
        cost.has(Kind.COORDINATOR) ? millis(cost.coordinator()) : "-",
        system.warmUp().flat() ? Integer.toString(system.warmUp().payments()) : "not warm");
  }

  private static List<String> latency(SystemResult system, Floor floor) {
    Ratios ratios = system.ratios();
    return List.of(
        system.system(),
        ratios == null ? "-" : text(ratios.throughput()),
        ratios == null ? "-" : text(ratios.p50()),
        ratios == null ? "-" : text(ratios.p95()),
        ratios == null ? "-" : text(ratios.p99()),
        text(system.tail()),
        Optional.ofNullable(floor)
            .flatMap(measured -> measured.of(system.system()))
            .map(own -> String.format(Locale.ROOT, "%.2f", own.ratio()))
            .orElse("-"));
  }

  private static List<String> counts(SystemResult system) {
    Audited audit = system.judgement().audit();
    FracturedReads seen = system.seen().fracturedReads();
    return List.of(
        system.system(),
        sum(system, Tally::asked),
        sum(system, tally -> tally.answers().completed()),
        sum(system, tally -> tally.answers().refusedCount()),
        sum(system, tally -> tally.answers().failedCount()),
        sum(system, tally -> tally.answers().unknownCount()),
        Long.toString(audit.violations()),
        Long.toString(audit.inDoubtCount()),
        "%d of %d".formatted(seen.fractured(), seen.watched()),
        seen.fractured() == 0
            ? "-"
            : String.format(
                Locale.ROOT, "%.1f/%.1f", seen.p50Micros() / 1e3, seen.maxMicros() / 1e3),
        Integer.toString(system.seen().falseRefusals()));
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }

  private static String text(Ratio ratio) {
    return ratio == null ? "-" : ratio.toString();
  }

  private static String sum(SystemResult system, ToIntFunction<Tally> count) {
    return Integer.toString(system.rounds().stream().map(Round::tally).mapToInt(count).sum());
  }

  private static String counts(Results results) {
    return results.counts().isEmpty() ? "" : CountsTable.of(results.counts()) + "\n";
  }

  private static String observability(Results results) {
    ObservabilityCost cost = results.observability();
    if (cost == null) {
      return "";
    }
    return "%s%n%s"
        .formatted(
            switched("observability", cost.systems()),
            OBSERVABILITY_LEGEND.formatted(cost.exports(), cost.scrapes()));
  }

  private static String tracking(Results results) {
    TrackingCost cost = results.tracking();
    return cost == null
        ? ""
        : "%s%n%s"
            .formatted(
                switched("tracking", cost.systems()), TRACKING_LEGEND.formatted(cost.rows()));
  }

  private static TextTable switched(String what, List<SwitchedSystem> systems) {
    TextTable table = new TextTable(1, Stream.concat(Stream.of(what), SWITCHED.stream()).toList());
    for (SwitchedSystem system : systems) {
      table.add(
          List.of(
              system.system(),
              millis(system.offMillis()),
              text(system.services()),
              text(system.withoutCompilers()),
              text(system.all()),
              text(system.throughput()),
              text(system.p50())));
    }
    return table;
  }

  private static String unsafe(Results results) {
    return results.unsafe()
        ? "UNSAFE, and not comparable: servers may lose commits (%s).%n"
            .formatted(String.join("; ", results.notDurable()))
        : "";
  }

  private static String roundsLegend(Results results) {
    return String.format(
        Locale.ROOT,
        """
        Cpu ms: processor time that a payment takes in all service processes, by the kernel's accounting,
        with one client; compilers: the part of it that the JVMs' compilers took, which nearly end once a
        process has run for long (Linux); afterwards: the part of it that is spent after the payment
        (partners and queue are told); databases, coordinator: processor time of the servers.
        %s
        Counts cover all rounds, warm-up included, as the audit does. Failed: nothing remains of the
        payment; unknown: nobody was told what became of it.
        Fractured: of the payments watched by %d readers, those seen to have used their points while their
        reservation, read later, was not confirmed; for how long at least (p50/max).
        False refusals: refused for lack of points that a payment which came to nothing had taken.
        """,
        results.settings().latency() ? latencyLegend(results) : NO_LATENCY,
        results.settings().readers());
  }

  private static String legend(Results results) {
    StringBuilder text = new StringBuilder();
    if (results.yardstick().control() != null) {
      text.append(
          "Control: %s, started a second time; how far its ratios are from 1 is the noise of this run.%n"
              .formatted(results.yardstick().system()));
    }
    text.append("The services ran on %s.%n".formatted(results.environment().machine().jdk()));
    Surroundings.servers(results.environment().durability())
        .ifPresent(sentence -> text.append(sentence).append('\n'));
    Changes.sentence(results.environment().changes())
        .ifPresent(sentence -> text.append(sentence).append('\n'));
    if (!results.settings().jvmOptions().isEmpty()) {
      text.append(
          "They ran with %s: a first impression, not for publishing.%n"
              .formatted(String.join(" ", results.settings().jvmOptions())));
    }
    return text.append('\n').toString();
  }

  private static String latencyLegend(Results results) {
    Settings settings = results.settings();
    Yardstick yardstick = results.yardstick();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            Warm after: payments until the p50 of rounds was flat; a system that is not warm has no ratios.
            Throughput (completed payments a second, %d clients) and latency (of completed payments, one
            client) are ratios to %s in the same round: median (lowest-highest) of %d rounds.\
            """,
            settings.workload().clients(),
            yardstick.system(),
            settings.measuredRounds()));
    SystemResult reference = system(results, yardstick.system());
    if (reference.warmUp().flat()) {
      text.append(
          String.format(
              Locale.ROOT,
              """

              On this machine, in this run, %s itself: %.0f payments a second; p50 %.1f ms,
              p95 %.1f ms, p99 %.1f ms (medians).\
              """,
              yardstick.system(),
              median(reference, Part.CAPACITY, Tally::throughput),
              median(reference, Part.LATENCY, tally -> tally.latency().p50Micros() / 1e3),
              median(reference, Part.LATENCY, tally -> tally.latency().p95Micros() / 1e3),
              median(reference, Part.LATENCY, tally -> tally.latency().p99Micros() / 1e3)));
    }
    if (yardstick.split() != null) {
      text.append(
          "%nIts p50 to that of %s: %s.".formatted(yardstick.oneProcess(), yardstick.split()));
    }
    Floor floor = yardstick.floor();
    if (floor != null) {
      text.append(
          String.format(
              Locale.ROOT,
              """

              Floor: the calls and forced writes that a system waits for one after the other, each call as
              cheap as GET /users/{id} (p50 %d us), each forced write as on this disk (p50 %d us).""",
              floor.lookupP50Micros(),
              floor.forcedWriteP50Micros()));
    }
    return text.toString();
  }

  private static SystemResult system(Results results, String name) {
    return results.systems().stream()
        .filter(system -> system.system().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double median(SystemResult system, Part part, ToDoubleFunction<Tally> figure) {
    return Ratio.median(
        system.rounds().stream()
            .filter(round -> round.part() == part)
            .map(Round::tally)
            .mapToDouble(figure)
            .toArray());
  }
}

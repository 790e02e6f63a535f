package org.ticketing.experiments.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.experiments.report.TextTable;

/**
 * The sweeps as tables for a terminal: a row for p50 and p99 at each step, a column for each
 * system.
 */
final class SweepTables {

  private static final String LEGEND =
      """
      Sweeps: payments are due at a fixed rate, and latency is from when they were due, whatever became
      of them: of %s in ms (median), of the others as the ratio to it in the same repetition: median
      (lowest-highest). Slow: it did not keep up, so that its latency grows with the time of the load.
      Knee: the highest rate that a system sustains; docs/measuring.md says what that means.
      """;

  private final String yardstick;
  private final Sweep sweep;
  private final List<String> others;

  private SweepTables(String yardstick, Sweep sweep) {
    this.yardstick = yardstick;
    this.sweep = sweep;
    Set<String> systems = new LinkedHashSet<>();
    sweep.steps().forEach(step -> step.systems().forEach(one -> systems.add(one.system())));
    systems.remove(yardstick);
    this.others = List.copyOf(systems);
  }

  /** Empty if there are none. */
  static String of(Results results) {
    String yardstick = results.yardstick().system();
    return results.sweeps().isEmpty()
        ? ""
        : results.sweeps().stream()
                .map(sweep -> new SweepTables(yardstick, sweep).table() + "\n")
                .collect(Collectors.joining())
            + LEGEND.formatted(yardstick);
  }

  private String table() {
    List<String> headings = new ArrayList<>(List.of(sweep.part(), "", yardstick));
    headings.addAll(others);
    TextTable table = new TextTable(2, headings);
    add(table, "p50", Percentiles::p50Micros, SystemStep::p50);
    add(table, "p99", Percentiles::p99Micros, SystemStep::p99);
    if (sweep.part().equals(ComparisonPart.RATES.toString())) {
      List<String> knees = new ArrayList<>(List.of("knee", sweep.unit(), knee(yardstick)));
      others.forEach(system -> knees.add(knee(system)));
      table.add(knees);
    }
    return table.toString();
  }

  private void add(
      TextTable table,
      String name,
      ToLongFunction<Percentiles> micros,
      Function<SystemStep, Ratio> ratio) {
    for (Step step : sweep.steps()) {
      List<String> row = new ArrayList<>(List.of(name, value(step)));
      row.add(cell(step, yardstick, one -> millis(one, micros)));
      others.forEach(system -> row.add(cell(step, system, one -> text(ratio.apply(one)))));
      table.add(row);
    }
  }

  private String value(Step step) {
    return "%s %s".formatted(PlannedSweep.text(step.value()), sweep.unit()).strip();
  }

  private static String cell(Step step, String system, Function<SystemStep, String> text) {
    return step.systems().stream()
        .filter(one -> one.system().equals(system))
        .findFirst()
        .map(one -> one.sustained() ? text.apply(one) : "slow")
        .orElse("-");
  }

  private static String millis(SystemStep step, ToLongFunction<Percentiles> micros) {
    return String.format(
        Locale.ROOT,
        "%.1f",
        Ratio.median(
                step.repetitions().stream()
                    .mapToDouble(one -> micros.applyAsLong(one.latency()))
                    .toArray())
            / 1e3);
  }

  private static String text(Ratio ratio) {
    return ratio == null ? "-" : ratio.toString();
  }

  private String knee(String system) {
    OptionalDouble knee = sweep.knee(system);
    return knee.isEmpty() ? "-" : PlannedSweep.text(knee.getAsDouble());
  }
}

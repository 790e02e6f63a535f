package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;

/** What the sweeps of the comparison found. */
final class SweepTables {

  private final Results results;

  SweepTables(Results results) {
    this.results = results;
  }

  /** A table of a sweep, for templates. */
  record SweepTable(String title, String table, String command) {}

  List<SweepTable> all() {
    return results.sweeps().stream()
        .map(
            sweep ->
                new SweepTable(
                    "%s%s".formatted(capitalised(sweep.varied()), unit(sweep)),
                    table(sweep),
                    "./ticketing compare --full --only " + sweep.part()))
        .toList();
  }

  /** The knee of every system; empty if rates were not varied. */
  String knees() {
    return results.sweeps().stream()
        .filter(sweep -> sweep.part().equals("rates"))
        .findFirst()
        .map(this::knees)
        .orElse("");
  }

  /** Fractured reads and false refusals under load; empty if no readers watched. */
  String seen() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "varied", "value", "system", "fractured", "for, p50/p99/max ms", "false refusals"));
    for (Sweep sweep : results.sweeps()) {
      for (Step step : sweep.steps()) {
        step.systems().stream()
            .filter(one -> one.seen() != null && one.seen().fracturedReads().watched() > 0)
            .forEach(one -> table.add(seen(sweep, step, one)));
      }
    }
    return table.isEmpty() ? "" : table.toString();
  }

  private static List<String> seen(Sweep sweep, Step step, SystemStep one) {
    FracturedReads reads = one.seen().fracturedReads();
    return List.of(
        sweep.varied(),
        value(sweep, step),
        Text.code(one.system()),
        Reading.share(reads.fractured(), reads.watched()).map(Reading::text).orElse(Text.NONE),
        reads.fractured() == 0
            ? Text.NONE
            : "%s/%s/%s"
                .formatted(
                    Text.millis(reads.p50Micros()),
                    Text.millis(reads.p99Micros()),
                    Text.millis(reads.maxMicros())),
        Text.count(one.seen().falseRefusals()));
  }

  private String knees(Sweep sweep) {
    OptionalDouble yardstick = sweep.knee(results.yardstick().system());
    OptionalDouble all = Sweeps.highestSustainedByAll(sweep);
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "knee, payments a second",
                "to the yardstick's",
                "p99 at "
                    + (all.isPresent()
                        ? Text.number(all.getAsDouble()) + "/s, which all protocols sustain"
                        : "a rate that all sustain: there is none")));
    for (String system : systems(sweep)) {
      OptionalDouble knee = sweep.knee(system);
      table.add(
          List.of(
              Text.code(system),
              knee.isPresent() ? Text.number(knee.getAsDouble()) : "none that was tried",
              knee.isPresent() && yardstick.isPresent()
                  ? Text.twoDigits(knee.getAsDouble() / yardstick.getAsDouble())
                  : Text.NONE,
              sweep.steps().stream()
                  .filter(step -> all.isPresent() && step.value() == all.getAsDouble())
                  .flatMap(step -> step.systems().stream())
                  .filter(one -> one.system().equals(system))
                  .map(SystemStep::p99)
                  .findFirst()
                  .map(Text::of)
                  .orElse(Text.NONE)));
    }
    return table.toString();
  }

  private String table(Sweep sweep) {
    List<String> systems = systems(sweep);
    List<String> headings = new ArrayList<>();
    headings.add(sweep.varied() + unit(sweep));
    systems.forEach(system -> headings.add(Text.code(system)));
    MarkdownTable table = new MarkdownTable(headings);
    for (Step step : sweep.steps()) {
      List<String> cells = new ArrayList<>();
      cells.add(value(sweep, step));
      systems.forEach(system -> cells.add(cell(step, system)));
      table.add(cells);
    }
    return table.toString();
  }

  private String cell(Step step, String system) {
    return step.systems().stream()
        .filter(one -> one.system().equals(system))
        .findFirst()
        .map(
            one ->
                (system.equals(results.yardstick().system()) ? absolute(one) : ratios(one))
                    + (one.sustained() ? "" : ", not sustained")
                    + (one.warm() ? "" : ", not warm"))
        .orElse("not played");
  }

  private static String ratios(SystemStep one) {
    return Text.of(one.p50()) + " / " + Text.of(one.p99());
  }

  /** Of the yardstick: milliseconds, so that the scale of the ratios is known. */
  private static String absolute(SystemStep one) {
    return median(one, figures -> figures.latency().p50Micros())
        + " / "
        + median(one, figures -> figures.latency().p99Micros())
        + " ms";
  }

  private static String median(SystemStep one, ToLongFunction<LoadFigures> micros) {
    double[] values = one.repetitions().stream().mapToDouble(micros::applyAsLong).toArray();
    return values.length == 0 ? Text.NONE : Text.oneDigit(Ratio.median(values) / 1e3);
  }

  private static List<String> systems(Sweep sweep) {
    return sweep.steps().stream()
        .flatMap(step -> step.systems().stream())
        .map(SystemStep::system)
        .distinct()
        .toList();
  }

  private static String value(Sweep sweep, Step step) {
    return sweep.part().equals("refusals") ? Text.percent(step.value()) : Text.number(step.value());
  }

  private static String unit(Sweep sweep) {
    return sweep.unit().isEmpty() ? "" : ", " + sweep.unit();
  }

  private static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

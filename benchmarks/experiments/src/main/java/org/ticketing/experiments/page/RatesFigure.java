package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.LineChart;
import org.ticketing.experiments.chart.LineChart.Line;
import org.ticketing.experiments.chart.LineChart.Mark;
import org.ticketing.experiments.chart.LineChart.Note;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.Ratio;

/** Latency over the payments that are due each second, up to the knee and past it. */
final class RatesFigure {

  static final String COMMAND = "./ticketing compare --full --only rates";

  private static final List<Note> NOTES =
      List.of(
          new Note(Mark.RINGED, "ring: the highest rate kept up", "highest kept up"),
          new Note(Mark.HOLLOW, "hollow: not kept up", "not kept up"));

  private final Results comparison;
  private final Sweep sweep;
  private final Cast cast;

  private RatesFigure(Results comparison, Sweep sweep, Cast cast) {
    this.comparison = comparison;
    this.sweep = sweep;
    this.cast = cast;
  }

  static Optional<Figure> of(Results comparison, Cast cast) {
    return Sweeps.rates(comparison).map(sweep -> new RatesFigure(comparison, sweep, cast).figure());
  }

  private Figure figure() {
    Caption caption =
        new Caption(
            "How long do payments take as more are due each second, and where is the knee?",
            "p50",
            Sweeps.range(sweep),
            COMMAND);
    Axis rate = Axis.of("payments due a second", Scale.LINEAR);
    Axis millis = Axis.of("ms since it was due (log)", Scale.LOG);
    String yardstick = comparison.yardstick().system();
    Axis ratio = Axis.of("times %s (log)".formatted(yardstick), Scale.LOG).withGuide(1);
    List<Chart> charts =
        List.of(
            new LineChart(caption, rate, millis, lines(Percentiles::p50Micros), NOTES),
            new LineChart(caption.of("p99"), rate, millis, lines(Percentiles::p99Micros), NOTES),
            new LineChart(
                caption.of("p50, as a ratio"), rate, ratio, ratios(SystemStep::p50), NOTES),
            new LineChart(
                caption.of("p99, as a ratio"), rate, ratio, ratios(SystemStep::p99), NOTES));
    return new Figure(
        "rates",
        finding(),
        "Each payment is timed from when it was due (an open loop), so that a system that stalls cannot hide it. A"
            + " system keeps up with a rate if 99 of 100 payments are answered within half a second and at most one"
            + " of 100 is lost; beyond the knee the line of payments grows, and latencies are lower bounds. Times"
            + " are those of this machine: compare ratios.",
        charts);
  }

  private String finding() {
    List<String> knees = new ArrayList<>();
    for (String system : Sweeps.systems(sweep)) {
      OptionalDouble knee = sweep.knee(system);
      knees.add(
          knee.isPresent()
              ? "%s %s".formatted(system, Figures.of(knee.getAsDouble()))
              : system + " none");
    }
    return "Highest rate kept up, in payments a second: " + String.join(", ", knees) + ".";
  }

  private List<Line> lines(ToLongFunction<Percentiles> which) {
    return Sweeps.lines(sweep, cast, one -> Sweeps.latency(one, which), this::mark);
  }

  private List<Line> ratios(Function<SystemStep, Ratio> which) {
    return Sweeps.lines(
            sweep,
            cast,
            one -> which.apply(one) == null ? null : Ranges.of(which.apply(one)),
            this::mark)
        .stream()
        .filter(line -> !line.name().equals(comparison.yardstick().system()))
        .toList();
  }

  private Mark mark(Step step, SystemStep one) {
    OptionalDouble knee = sweep.knee(one.system());
    if (knee.isPresent() && knee.getAsDouble() == step.value()) {
      return Mark.RINGED;
    }
    return one.sustained() ? Mark.PLAIN : Mark.HOLLOW;
  }
}

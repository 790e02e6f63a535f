package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.LineChart;
import org.ticketing.experiments.chart.LineChart.Mark;
import org.ticketing.experiments.chart.LineChart.Note;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.load.Percentiles;

/** What changes with contention, distance, refusals, and readers: all sweeps but that of rates. */
final class CircumstancesFigure {

  /** Where values are that far apart, equal distances stand for equal ratios. */
  private static final double FAR = 20;

  private static final List<Note> NOTES =
      List.of(new Note(Mark.HOLLOW, "hollow: did not keep up", "did not keep up"));

  private CircumstancesFigure() {}

  static Optional<Figure> of(Results comparison, Cast cast) {
    List<Sweep> sweeps = Sweeps.others(comparison);
    if (sweeps.isEmpty()) {
      return Optional.empty();
    }
    String yardstick = comparison.yardstick().system();
    Caption caption =
        new Caption(
            "What do contention, distance, refusals, and readers change?",
            "",
            Sweeps.range(sweeps.get(0)),
            "./ticketing compare --full --only "
                + String.join(",", sweeps.stream().map(Sweep::part).toList()));
    List<Chart> charts = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      Axis values = Axis.of(title(sweep), scale(sweep));
      charts.add(
          new LineChart(
              caption.of(sweep.part() + ": p50 in ms"),
              values,
              Axis.of("ms since it was due (log)", Scale.LOG),
              Sweeps.lines(
                  sweep,
                  cast,
                  one -> Sweeps.latency(one, Percentiles::p50Micros),
                  CircumstancesFigure::mark),
              NOTES));
      charts.add(
          new LineChart(
              caption.of(sweep.part() + ": p99 as a ratio"),
              values,
              Axis.of("times %s (log)".formatted(yardstick), Scale.LOG).withGuide(1),
              Sweeps.lines(
                      sweep,
                      cast,
                      one -> one.p99() == null ? null : Ranges.of(one.p99()),
                      CircumstancesFigure::mark)
                  .stream()
                  .filter(line -> !line.name().equals(yardstick))
                  .toList(),
              NOTES));
    }
    return Optional.of(
        new Figure(
            "circumstances",
            "",
            "One thing is varied in each chart, all else is equal. Ratios are to %s in the same repetition."
                .formatted(yardstick),
            charts));
  }

  private static Mark mark(Step step, Sweep.SystemStep one) {
    return one.sustained() ? Mark.PLAIN : Mark.HOLLOW;
  }

  private static String title(Sweep sweep) {
    return sweep.unit().isEmpty()
        ? sweep.varied()
        : "%s, %s".formatted(sweep.varied(), sweep.unit());
  }

  private static Scale scale(Sweep sweep) {
    List<Double> values = sweep.steps().stream().map(Step::value).sorted().toList();
    double lowest = values.get(0);
    double highest = values.get(values.size() - 1);
    if (highest < 1) {
      return Scale.SHARE;
    }
    return lowest > 0 && highest / lowest > FAR ? Scale.LOG : Scale.LINEAR;
  }
}

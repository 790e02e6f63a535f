package org.ticketing.experiments.page;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.LineChart;
import org.ticketing.experiments.chart.LineChart.Line;
import org.ticketing.experiments.chart.LineChart.Mark;
import org.ticketing.experiments.chart.LineChart.Point;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.LoadFigures;

/** The whole distribution of latency at one rate. */
final class PercentilesFigure {

  private static final double STEPS_OF_A_TENTH = 20;
  private static final List<Double> MARKED = List.of(0.5, 0.9, 0.99, 0.999, 0.9999);

  private final Sweep sweep;
  private final Cast cast;

  private PercentilesFigure(Sweep sweep, Cast cast) {
    this.sweep = sweep;
    this.cast = cast;
  }

  static Optional<Figure> of(Results comparison, Cast cast) {
    return Sweeps.rates(comparison).map(sweep -> new PercentilesFigure(sweep, cast).figure());
  }

  private Figure figure() {
    Step step = highestKeptUpByAll();
    List<Line> lines =
        step.systems().stream()
            .filter(one -> one.repetitions().stream().allMatch(PercentilesFigure::isDrawn))
            .map(this::line)
            .toList();
    Caption caption =
        new Caption(
            "How long do the slowest payments take?",
            "at %s payments a second".formatted(Figures.of(step.value())),
            "Lines are medians, areas reach from the lowest to the highest of the repetitions.",
            RatesFigure.COMMAND);
    return new Figure(
        "percentiles",
        finding(lines),
        "To the right, each mark leaves a tenth as many payments above it: at 99 %, one of 100 takes longer. The rate"
            + " is the highest at which every system keeps up, or else the lowest of all.",
        List.of(
            new LineChart(
                caption,
                Axis.of("percentile, as log 1/(1-p)", Scale.PERCENTILE),
                Axis.of("ms since it was due (log)", Scale.LOG),
                lines,
                List.of())));
  }

  private Step highestKeptUpByAll() {
    int most = sweep.steps().stream().mapToInt(step -> step.systems().size()).max().orElse(0);
    return sweep.steps().stream()
        .filter(step -> step.systems().size() == most)
        .filter(step -> step.systems().stream().allMatch(SystemStep::sustained))
        .max(Comparator.comparingDouble(Step::value))
        .orElseGet(
            () ->
                sweep.steps().stream().min(Comparator.comparingDouble(Step::value)).orElseThrow());
  }

  private static boolean isDrawn(LoadFigures figures) {
    return figures.histogram() != null && figures.latency().requests() > 0;
  }

  private Line line(SystemStep one) {
    List<Histogram> histograms =
        one.repetitions().stream().map(figures -> decoded(figures.histogram())).toList();
    long fewest = histograms.stream().mapToLong(Histogram::getTotalCount).min().orElseThrow();
    List<Point> points = new ArrayList<>();
    for (double share : shares(fewest)) {
      points.add(
          new Point(
              share,
              Range.of(
                  histograms.stream()
                      .map(micros -> Math.max(1, micros.getValueAtPercentile(100 * share)))
                      .map(Ranges::millis)
                      .toList()),
              MARKED.contains(share) ? Mark.PLAIN : Mark.NONE));
    }
    return new Line(one.system(), cast.style(one.system()), points);
  }

  /** Up to the last one that leaves a whole request above it. */
  private static TreeSet<Double> shares(long requests) {
    TreeSet<Double> shares = new TreeSet<>(MARKED);
    double last = Math.log10(Math.max(2, requests));
    for (int step = 0; step <= last * STEPS_OF_A_TENTH; step++) {
      if (step == 0 || step % (int) STEPS_OF_A_TENTH != 0) {
        shares.add(1 - Math.pow(10, -step / STEPS_OF_A_TENTH));
      }
    }
    shares.removeIf(share -> share > 1 - Math.pow(10, -last) + 1e-12);
    return shares;
  }

  private static Histogram decoded(String histogram) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
    } catch (DataFormatException malformed) {
      throw new IllegalArgumentException("not a histogram: " + malformed.getMessage());
    }
  }

  private static String finding(List<Line> lines) {
    List<String> p99s = new ArrayList<>();
    for (Line line : lines) {
      line.points().stream()
          .filter(point -> point.x() == 0.99)
          .findFirst()
          .ifPresent(point -> p99s.add("%s %s".formatted(line.name(), point.y())));
    }
    return p99s.isEmpty()
        ? "There were too few payments for a 99th percentile."
        : "p99 in ms, with the range: " + String.join(", ", p99s) + ".";
  }
}

package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.ticketing.experiments.chart.LineChart.Line;
import org.ticketing.experiments.chart.LineChart.Mark;
import org.ticketing.experiments.chart.LineChart.Point;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.Percentiles;

/** Sweeps as lines of charts. */
final class Sweeps {

  private static final String RATES = "rates";

  private Sweeps() {}

  static Optional<Sweep> rates(Results comparison) {
    return comparison.sweeps().stream()
        .filter(sweep -> sweep.part().equals(RATES) && !sweep.steps().isEmpty())
        .findFirst();
  }

  /** All but the one of rates. */
  static List<Sweep> others(Results comparison) {
    return comparison.sweeps().stream()
        .filter(sweep -> !sweep.part().equals(RATES) && !sweep.steps().isEmpty())
        .toList();
  }

  static List<String> systems(Sweep sweep) {
    return sweep.steps().stream()
        .flatMap(step -> step.systems().stream())
        .map(SystemStep::system)
        .distinct()
        .toList();
  }

  static String range(Sweep sweep) {
    int repetitions =
        sweep.steps().stream()
            .flatMap(step -> step.systems().stream())
            .mapToInt(one -> one.repetitions().size())
            .max()
            .orElse(0);
    return "Points are medians, lines reach from the lowest to the highest of %d repetitions."
        .formatted(repetitions);
  }

  /** In milliseconds, over the repetitions; null if nothing was answered. */
  static Range latency(SystemStep one, ToLongFunction<Percentiles> which) {
    List<Double> millis =
        one.repetitions().stream()
            .filter(figures -> figures.latency().requests() > 0)
            .map(figures -> Ranges.millis(which.applyAsLong(figures.latency())))
            .toList();
    return millis.isEmpty() ? null : Range.of(millis);
  }

  /**
   * One line for each system.
   *
   * @param figure of a system at a step; null if it has none there
   */
  static List<Line> lines(
      Sweep sweep,
      Cast cast,
      Function<SystemStep, Range> figure,
      BiFunction<Step, SystemStep, Mark> mark) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (Step step : sweep.steps()) {
      for (SystemStep one : step.systems()) {
        Range range = figure.apply(one);
        if (range != null) {
          points
              .computeIfAbsent(one.system(), first -> new ArrayList<>())
              .add(new Point(step.value(), range, mark.apply(step, one)));
        }
      }
    }
    return points.entrySet().stream()
        .map(
            entry ->
                new Line(name(sweep, entry.getKey()), cast.style(entry.getKey()), entry.getValue()))
        .toList();
  }

  /** The system, marked if it was not warm at some step. */
  private static String name(Sweep sweep, String system) {
    boolean warm =
        sweep.steps().stream()
            .flatMap(step -> step.systems().stream())
            .filter(one -> one.system().equals(system))
            .allMatch(SystemStep::warm);
    return warm ? system : system + " (not warm)";
  }
}

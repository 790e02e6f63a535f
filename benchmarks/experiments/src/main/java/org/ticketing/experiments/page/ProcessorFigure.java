package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.DotChart;
import org.ticketing.experiments.chart.DotChart.Row;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.Cost;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.SystemResult;

/** The processor time of a payment, as the kernel accounts for it. */
final class ProcessorFigure {

  private final Results comparison;
  private final Cast cast;

  private ProcessorFigure(Results comparison, Cast cast) {
    this.comparison = comparison;
    this.cast = cast;
  }

  static Optional<Figure> of(Results comparison, Cast cast) {
    return comparison.systems().isEmpty()
        ? Optional.empty()
        : Optional.of(new ProcessorFigure(comparison, cast).figure());
  }

  private Figure figure() {
    int rounds = comparison.settings().measuredRounds();
    Caption caption =
        new Caption(
            "How much processor time does a payment take?",
            "services",
            rounds == 1
                ? "Of one round: there is no range."
                : "Points are medians, lines reach from the lowest to the highest of %d rounds."
                    .formatted(rounds),
            "./ticketing compare" + (comparison.settings().latency() ? "" : " --quick"));
    List<Chart> charts = new ArrayList<>();
    charts.add(chart(caption, cost -> cost.servicesWithoutCompilers().orElse(cost.services())));
    charts.add(chart(caption.of("databases"), Cost::databases));
    charts.add(chart(caption.of("coordinating server"), Cost::coordinator));
    return new Figure(
        "processor",
        "",
        "Of one client, with what follows the payment (partners and queue are told), and without what the JVMs' compilers took, where that is known."
            + (comparison.settings().latency()
                ? ""
                : " No system was warm, and the services ran with the quick compiler: do not publish these figures."),
        charts);
  }

  private Chart chart(Caption caption, ToDoubleFunction<Cost> which) {
    List<Row> rows = new ArrayList<>();
    for (SystemResult one : comparison.systems()) {
      List<Double> millis =
          one.rounds().stream()
              .filter(round -> round.cost() != null)
              .map(round -> which.applyAsDouble(round.cost()))
              .toList();
      if (!millis.isEmpty() && Range.of(millis).high() > 0) {
        rows.add(new Row(one.system(), cast.style(one.system()), Range.of(millis), null));
      }
    }
    return new DotChart(caption, Axis.of("ms a payment", Scale.LINEAR), null, rows);
  }
}

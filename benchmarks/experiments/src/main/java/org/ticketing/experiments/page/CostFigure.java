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
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;

/** Counted forced writes and calls, beside the least that each protocol needs. */
final class CostFigure {

  private static final String LEAST = "the least that the protocol needs";

  private CostFigure() {}

  static Optional<Figure> of(List<CountedCost> counted, Cast cast) {
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Caption caption =
        new Caption(
            "What does a payment cost, beside the least that its protocol needs?",
            "forced writes",
            "Counted over %d payments of one client: the same in every run, so there is no range."
                .formatted(counted.get(0).payments()),
            "./ticketing compare --full --only counts");
    List<Chart> charts = new ArrayList<>();
    charts.add(
        chart(caption, "forced writes a payment", counted, cast, CountedCost.Cost::forcedWrites));
    charts.add(
        chart(
            caption.of("calls between processes"),
            "calls a payment, each a request and its answer",
            counted,
            cast,
            CountedCost.Cost::calls));
    return Optional.of(
        new Figure(
            "cost",
            finding(counted),
            "Counting is what noise does not touch. The least comes from the literature: docs/protocol-costs.md"
                + " derives it.",
            charts));
  }

  private static String finding(List<CountedCost> counted) {
    List<String> parts = new ArrayList<>();
    for (CountedCost one : counted) {
      if (one.least() != null) {
        parts.add(
            "%s %s (least %s)"
                .formatted(
                    one.system(),
                    Figures.of(one.found().forcedWrites()),
                    Figures.of(one.least().forcedWrites())));
      }
    }
    return "Forced writes: " + String.join(", ", parts) + ".";
  }

  private static Chart chart(
      Caption caption,
      String title,
      List<CountedCost> counted,
      Cast cast,
      ToDoubleFunction<CountedCost.Cost> which) {
    return new DotChart(
        caption,
        Axis.of(title, Scale.LINEAR),
        LEAST,
        counted.stream()
            .map(
                one ->
                    new Row(
                        one.system(),
                        cast.style(one.system()),
                        Range.of(which.applyAsDouble(one.found())),
                        one.least() == null ? null : which.applyAsDouble(one.least())))
            .toList());
  }
}

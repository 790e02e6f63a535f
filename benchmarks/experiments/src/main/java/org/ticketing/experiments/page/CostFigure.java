package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.DotChart;
import org.ticketing.experiments.chart.DotChart.Row;
import org.ticketing.experiments.chart.Figures;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.stack.system.ProtocolCost.Minimum;

/** Counted forced writes and calls, beside the least that each protocol needs. */
final class CostFigure {

  private static final String LEAST = "the least that the protocol needs";

  private CostFigure() {}

  static Optional<Figure> of(List<Counts> counted, Cast cast) {
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Caption caption =
        new Caption(
            "What does a payment cost, beside the least that its protocol needs?",
            "forced writes",
            "Counted over %d payments of one client: the same in every run, so there is no range."
                .formatted(counted.get(0).completed().payments()),
            "./ticketing compare --full --only counts");
    List<Chart> charts = new ArrayList<>();
    charts.add(
        chart(
            caption,
            "forced writes a payment",
            counted,
            cast,
            Part::forcedWrites,
            Minimum::forcedWrites));
    charts.add(
        chart(
            caption.of("calls between processes"),
            "calls a payment, each a request and its answer",
            counted.stream().filter(Counts::hasAllCalls).toList(),
            cast,
            Part::protocolCalls,
            Minimum::calls));
    return Optional.of(
        new Figure(
            "cost",
            finding(counted),
            "Counting is what noise does not touch. The least comes from the literature: docs/protocol-costs.md"
                + " derives it.",
            charts));
  }

  private static String finding(List<Counts> counted) {
    List<String> parts = new ArrayList<>();
    for (Counts one : counted) {
      if (one.atLeast() != null) {
        parts.add(
            "%s %s (least %s)"
                .formatted(
                    one.system(),
                    Figures.of(one.completed().forcedWrites()),
                    Figures.of(one.atLeast().minimum().forcedWrites())));
      }
    }
    return "Forced writes: " + String.join(", ", parts) + ".";
  }

  private static Chart chart(
      Caption caption,
      String title,
      List<Counts> counted,
      Cast cast,
      ToDoubleFunction<Part> found,
      ToIntFunction<Minimum> least) {
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
                        Range.of(found.applyAsDouble(one.completed())),
                        one.atLeast() == null
                            ? null
                            : (double) least.applyAsInt(one.atLeast().minimum())))
            .toList());
  }
}

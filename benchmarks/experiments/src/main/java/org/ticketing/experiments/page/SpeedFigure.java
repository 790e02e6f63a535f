package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.DotChart;
import org.ticketing.experiments.chart.DotChart.Row;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.report.Ratio;

/** Throughput and latency in a closed loop, as ratios. Every comparison has rows of its own. */
final class SpeedFigure {

  private final Evidence evidence;
  private final Cast cast;

  SpeedFigure(Evidence evidence, Cast cast) {
    this.evidence = evidence;
    this.cast = cast;
  }

  Optional<Figure> figure() {
    return evidence
        .comparison()
        .filter(comparison -> comparison.systems().stream().anyMatch(one -> one.ratios() != null))
        .map(this::figure);
  }

  private Figure figure(Results comparison) {
    String yardstick = comparison.yardstick().system();
    Caption caption =
        new Caption(
            "How fast is each system, compared with plain calls?",
            "throughput, many clients",
            "Points are medians, lines reach from the lowest to the highest of %d rounds."
                .formatted(comparison.settings().measuredRounds()),
            "./ticketing compare --full");
    List<Chart> charts = new ArrayList<>();
    charts.add(chart(caption, yardstick, Ratios::throughput));
    charts.add(chart(caption.of("p50, one client"), yardstick, Ratios::p50));
    charts.add(chart(caption.of("p99, one client"), yardstick, Ratios::p99));
    return new Figure(
        "speed",
        finding(comparison),
        "All figures are ratios to %s in the same round; the dotted line is 1, as fast as %s. More is better for"
                .formatted(yardstick, yardstick)
            + " throughput, less for p50 and p99.",
        charts);
  }

  private static String finding(Results comparison) {
    List<String> parts = new ArrayList<>();
    for (SystemResult one : comparison.systems()) {
      if (one.ratios() == null) {
        parts.add(one.system() + " did not become warm and has no ratios");
      } else if (one.ratios().throughput() != null
          && !one.system().equals(comparison.yardstick().system())) {
        parts.add("%s %s".formatted(one.system(), Ranges.of(one.ratios().throughput())));
      }
    }
    return "Throughput: " + String.join(", ", parts) + ".";
  }

  private Chart chart(Caption caption, String yardstick, Function<Ratios, Ratio> which) {
    List<Row> rows = new ArrayList<>();
    evidence.comparison().ifPresent(one -> add(rows, one, "", which));
    evidence.again().ifPresent(one -> add(rows, one, ", again", which));
    evidence.asShipped().ifPresent(one -> add(rows, one, ", as shipped", which));
    evidence
        .databases()
        .forEach(one -> add(rows, one.comparison(), ", on " + one.database(), which));
    return new DotChart(
        caption, Axis.of("times " + yardstick, Scale.LINEAR).withGuide(1), null, rows);
  }

  private void add(List<Row> rows, Results comparison, String run, Function<Ratios, Ratio> which) {
    for (SystemResult one : comparison.systems()) {
      boolean isYardstick = one.system().equals(comparison.yardstick().system());
      if (!isYardstick && one.ratios() != null && which.apply(one.ratios()) != null) {
        rows.add(
            new Row(
                one.system() + run,
                cast.style(one.system()),
                Ranges.of(which.apply(one.ratios())),
                null));
      }
    }
  }
}

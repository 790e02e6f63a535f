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
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Departures;

/** What levers buy, as ratios to the same system without any, and what they cost. */
final class LeversFigure {

  private static final String READING =
      "Each system with one lever, to itself without any in the same round; the dotted line is 1, as without. Without"
          + " any, user and reservation are looked up one after the other, nothing is remembered, and partners and"
          + " queue are told of one payment at a time. Processor time is that of the services, without the JIT"
          + " compilers. More is better for throughput, less for all others.";

  private final Settings settings;
  private final List<LeveredSystem> systems;
  private final Cast cast;

  private LeversFigure(Settings settings, List<LeveredSystem> systems, Cast cast) {
    this.settings = settings;
    this.systems = systems;
    this.cast = cast;
  }

  static Optional<Figure> of(Evidence evidence, Cast cast) {
    return evidence.levers().stream()
        .map(Results::settings)
        .findFirst()
        .map(settings -> new LeversFigure(settings, evidence.leveredSystems(), cast).figure());
  }

  private Figure figure() {
    int rounds = settings.measuredRounds();
    Caption caption =
        new Caption(
            "What do levers buy without another protocol, and what do they cost?",
            "throughput, many clients",
            rounds == 1
                ? "Of one round: there is no range."
                : "Points are medians, lines reach from the lowest to the highest of %d rounds."
                    .formatted(rounds),
            "./ticketing compare --only levers" + (settings.latency() ? "" : " --quick"));
    List<Chart> charts = new ArrayList<>();
    charts.add(ratios(caption, Pulled::throughput));
    charts.add(ratios(caption.of("p50, one client"), Pulled::p50));
    charts.add(ratios(caption.of("p99, one client"), Pulled::p99));
    charts.add(ratios(caption.of("p50 until accepted"), Pulled::accepted));
    charts.add(ratios(caption.of("processor time"), Pulled::withoutCompilers));
    charts.add(figures(caption.of("calls"), "calls a payment", Consequences::calls));
    charts.add(
        figures(
            caption.of("partners and queue know"), "ms after a round", Consequences::toldMillis));
    charts.add(
        figures(
            caption.of("a withdrawn user is taken for active"),
            "ms after the withdrawal, at most",
            found -> (double) found.departures().longestStaleMillis()));
    return new Figure("levers", finding(), READING, charts);
  }

  private String finding() {
    Departures all =
        systems.stream()
            .flatMap(system -> system.levers().stream())
            .map(lever -> lever.consequences().departures())
            .reduce(Departures.NONE, Departures::plus);
    return "A user who had withdrawn was taken for active for %d ms at most; %d of %d such users completed a payment."
        .formatted(all.longestStaleMillis(), all.paid(), all.customers());
  }

  private Chart ratios(Caption caption, Function<Pulled, Ratio> which) {
    List<Row> rows = new ArrayList<>();
    for (LeveredSystem system : systems) {
      for (Pulled lever : system.levers()) {
        Optional.ofNullable(which.apply(lever))
            .ifPresent(ratio -> rows.add(row(system, lever.lever(), Ranges.of(ratio))));
      }
    }
    return new DotChart(
        caption, Axis.of("times the same without", Scale.LINEAR).withGuide(1), null, rows);
  }

  private Chart figures(Caption caption, String unit, Function<Consequences, Double> which) {
    List<Row> rows = new ArrayList<>();
    for (LeveredSystem system : systems) {
      rows.add(row(system, "none", Range.of(which.apply(system.none().consequences()))));
      for (Pulled lever : system.levers()) {
        rows.add(row(system, lever.lever(), Range.of(which.apply(lever.consequences()))));
      }
    }
    return new DotChart(caption, Axis.of(unit, Scale.LINEAR), null, rows);
  }

  private Row row(LeveredSystem system, String lever, Range found) {
    return new Row(system.system() + ", " + lever, cast.style(system.system()), found, null);
  }
}

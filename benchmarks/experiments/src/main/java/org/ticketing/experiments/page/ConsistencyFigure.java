package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.experiments.chart.Axis;
import org.ticketing.experiments.chart.Caption;
import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.chart.Scale;
import org.ticketing.experiments.chart.ScatterChart;
import org.ticketing.experiments.chart.ScatterChart.Dot;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.verification.FracturedReads;

/**
 * What readers see half done, against latency, both in the rounds with many clients and readers.
 */
final class ConsistencyFigure {

  private final Results comparison;
  private final Cast cast;

  private ConsistencyFigure(Results comparison, Cast cast) {
    this.comparison = comparison;
    this.cast = cast;
  }

  static Optional<Figure> of(Results comparison, Cast cast) {
    ConsistencyFigure consistency = new ConsistencyFigure(comparison, cast);
    return consistency.watched().isEmpty() ? Optional.empty() : Optional.of(consistency.figure());
  }

  /** Warm systems whose payments were watched. */
  private List<SystemResult> watched() {
    return comparison.systems().stream()
        .filter(one -> one.ratios() != null)
        .filter(one -> !p99s(one).isEmpty())
        .filter(one -> rounds(one).anyMatch(round -> isWatched(round)))
        .toList();
  }

  private Figure figure() {
    Caption caption =
        new Caption(
            "Which system shows readers payments half done, and how fast is it?",
            "how many are seen half done",
            "Points are medians, lines reach from the lowest to the highest of the rounds.",
            "./ticketing compare --full --only rounds");
    String yardstick = comparison.yardstick().system();
    Axis p99 = Axis.of("p99, times %s (log)".formatted(yardstick), Scale.LOG).withGuide(1);
    return new Figure(
        "consistency",
        finding(),
        "A payment is seen half done if a reader finds its points used and, reading later, its reservation not"
            + " confirmed. How long is a lower bound: it ends with the last read that still showed it. Lower and"
            + " further left is better.",
        List.of(
            new ScatterChart(
                caption,
                p99,
                Axis.of("share of the payments that were watched", Scale.SHARE),
                dots(ConsistencyFigure::share)),
            new ScatterChart(
                caption.of("for how long, p99"),
                p99,
                Axis.of("ms, at least (log; 0 at the lower edge)", Scale.LOG),
                dots(seen -> Ranges.millis(seen.p99Micros())))));
  }

  private String finding() {
    List<String> shares = new ArrayList<>();
    for (SystemResult one : watched()) {
      shares.add(
          "%s %d of %d"
              .formatted(
                  one.system(),
                  rounds(one).mapToInt(round -> reads(round).fractured()).sum(),
                  rounds(one).mapToInt(round -> reads(round).watched()).sum()));
    }
    return "Seen half done, of the payments that were watched: " + String.join(", ", shares) + ".";
  }

  private List<Dot> dots(ToDoubleFunction<FracturedReads> figure) {
    return watched().stream()
        .map(
            one ->
                new Dot(
                    one.system(),
                    cast.style(one.system()),
                    Range.of(p99s(one)),
                    Range.of(
                        rounds(one)
                            .filter(ConsistencyFigure::isWatched)
                            .map(round -> figure.applyAsDouble(reads(round)))
                            .toList())))
        .toList();
  }

  /** To the yardstick in the same round. */
  private List<Double> p99s(SystemResult system) {
    Map<Integer, Long> ofYardstick =
        comparison.systems().stream()
            .filter(one -> one.system().equals(comparison.yardstick().system()))
            .flatMap(ConsistencyFigure::rounds)
            .collect(Collectors.toMap(Round::number, ConsistencyFigure::p99));
    return rounds(system)
        .filter(round -> p99(round) > 0 && ofYardstick.getOrDefault(round.number(), 0L) > 0)
        .map(round -> (double) p99(round) / ofYardstick.get(round.number()))
        .toList();
  }

  private static Stream<Round> rounds(SystemResult one) {
    return one.rounds().stream().filter(round -> round.part() == Part.CAPACITY);
  }

  private static long p99(Round round) {
    return round.tally().latency().p99Micros();
  }

  private static FracturedReads reads(Round round) {
    return round.seen().fracturedReads();
  }

  private static boolean isWatched(Round round) {
    return reads(round).watched() > 0;
  }

  private static double share(FracturedReads seen) {
    return (double) seen.fractured() / seen.watched();
  }
}

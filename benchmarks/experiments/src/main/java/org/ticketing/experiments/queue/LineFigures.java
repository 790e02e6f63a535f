package org.ticketing.experiments.queue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ticketing.experiments.report.Ratio;

/**
 * What was measured with a line of one length.
 *
 * @param waiting how many customers waited
 * @param rounds in their order
 */
record LineFigures(int waiting, List<Round> rounds) {

  /** Medians of one round, in milliseconds. */
  record Round(double rankMillis, double admissionMillis) {}

  double median(ToDoubleFunction<Round> figure) {
    return Ratio.median(rounds.stream().mapToDouble(figure).toArray());
  }

  /** Of this line to another, each round to the same round. */
  Ratio ratioTo(LineFigures other, ToDoubleFunction<Round> figure) {
    return Ratio.of(
        IntStream.range(0, rounds.size())
            .mapToObj(
                i ->
                    figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(other.rounds.get(i)))
            .toList());
  }
}

package org.ticketing.experiments.queue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ticketing.experiments.compare.Ratio;

/**
 * What was measured while so many waited.
 *
 * @param rounds in their order
 */
record LineFigures(int waiting, List<Round> rounds) {

  /** Medians of one round, in milliseconds. */
  record Round(double rankMillis, double admissionMillis) {}

  double median(ToDoubleFunction<Round> figure) {
    return median(rounds.stream().mapToDouble(figure));
  }

  /** Of this line to another, each round to the same round. */
  Ratio ratioTo(LineFigures other, ToDoubleFunction<Round> figure) {
    double[] ratios =
        IntStream.range(0, rounds.size())
            .mapToDouble(
                i ->
                    figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(other.rounds.get(i)))
            .sorted()
            .toArray();
    return new Ratio(median(DoubleStream.of(ratios)), ratios[0], ratios[ratios.length - 1]);
  }

  static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

package org.ticketing.experiments.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A figure of one system divided by the same figure of {@code uncoordinated} in the same round.
 *
 * @param median over the measured rounds
 * @param min of the measured rounds
 * @param max of the measured rounds
 */
public record Ratio(double median, double min, double max) {

  /**
   * @param ratios one a round, at least one
   */
  static Ratio of(List<Double> ratios) {
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Ratio(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, min, max);
  }
}

package org.ticketing.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A figure divided by the same figure of something else, taken in the same round.
 *
 * @param median over the measured rounds
 * @param min of the measured rounds
 * @param max of the measured rounds
 */
public record Ratio(double median, double min, double max) {

  /**
   * @param ratios one of each round, at least one
   */
  public static Ratio of(List<Double> ratios) {
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Ratio(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * @param values at least one
   */
  public static double median(double[] values) {
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

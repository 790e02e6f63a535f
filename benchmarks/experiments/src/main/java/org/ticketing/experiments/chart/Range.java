package org.ticketing.experiments.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A figure that was found several times.
 *
 * @param low the lowest of them
 * @param middle the median
 * @param high the highest
 */
public record Range(double low, double middle, double high) {

  /** A figure that was found once. */
  public static Range of(double only) {
    return new Range(only, only, only);
  }

  /**
   * @param found at least one figure
   */
  public static Range of(List<Double> found) {
    double[] sorted = found.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double middle = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Range(sorted[0], middle, sorted[sorted.length - 1]);
  }

  DoubleStream values() {
    return DoubleStream.of(low, middle, high);
  }

  /** The median, followed by lowest and highest where they differ. */
  @Override
  public String toString() {
    return low == high
        ? Figures.of(middle)
        : "%s (%s-%s)".formatted(Figures.of(middle), Figures.of(low), Figures.of(high));
  }
}

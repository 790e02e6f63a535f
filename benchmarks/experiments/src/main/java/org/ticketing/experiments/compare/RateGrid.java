package org.ticketing.experiments.compare;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ticketing.experiments.compare.Results.Rates;

/**
 * Chooses the payments a second of the sweeps, the same for all systems, by what the systems did at
 * the end of their warm-up.
 */
final class RateGrid {

  /** The lowest and the highest rate, as parts of the yardstick's capacity. */
  private static final double LOWEST = 0.2;

  private static final double HIGHEST = 4;

  /** From one rate to the next. A knee is known to this factor. */
  private static final double FACTOR = 1.35;

  /** The base rate, as a part of the capacity of the slowest system, so that all sustain it. */
  private static final double BASE = 0.4;

  private RateGrid() {}

  /**
   * @param yardstick its capacity, in payments a second, as the others
   * @param all those of all systems
   */
  static Rates of(double yardstick, Collection<Double> all) {
    return new Rates(yardstick, whole(BASE * Collections.min(all)), steps(yardstick));
  }

  private static List<Double> steps(double capacity) {
    return DoubleStream.iterate(
            LOWEST * capacity, rate -> rate <= HIGHEST * capacity, rate -> rate * FACTOR)
        .map(RateGrid::whole)
        .distinct()
        .boxed()
        .toList();
  }

  /** A load has at least a few payments. */
  private static double whole(double rate) {
    return Math.max(5, Math.rint(rate));
  }
}

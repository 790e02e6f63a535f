package org.ticketing.experiments.publication;

import java.util.Locale;
import java.util.Optional;
import org.ticketing.experiments.report.Ratio;

/**
 * A figure of one system, with the range in which it may lie.
 *
 * @param text as it is written, with its range and its unit
 */
record Reading(double value, double min, double max, String text) {

  /** Two figures that differ by less are not told apart, whatever their ranges. */
  static final double TOLERANCE = 0.1;

  /** Of the normal distribution, for 95 %. */
  private static final double Z = 1.96;

  static Reading of(Ratio ratio) {
    return new Reading(ratio.median(), ratio.min(), ratio.max(), ratio.toString());
  }

  /** A figure that was read once. */
  static Reading once(double value, String text) {
    return new Reading(value, value, value, text);
  }

  /** A part of a number of cases, with its 95 % interval (Wilson's); empty if there are none. */
  static Optional<Reading> share(long part, long whole) {
    if (whole == 0) {
      return Optional.empty();
    }
    double share = (double) part / whole;
    double center = (share + Z * Z / (2 * whole)) / (1 + Z * Z / whole);
    double half =
        Z
            / (1 + Z * Z / whole)
            * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
    double min = Math.max(0, center - half);
    double max = Math.min(1, center + half);
    return Optional.of(
        new Reading(
            share,
            min,
            max,
            String.format(
                Locale.ROOT, "%,d of %,d (%.1f-%.1f %%)", part, whole, 100 * min, 100 * max)));
  }

  /** Whether it is lower, by more than the tolerance, and the ranges do not overlap. */
  boolean isClearlyBelow(Reading other) {
    return isClearlyBelow(other, 1);
  }

  /**
   * The same where noise is known.
   *
   * @param noise the quotient that the two have to exceed, besides the tolerance
   */
  boolean isClearlyBelow(Reading other, double noise) {
    return max < other.min && value < other.value / Math.max(1 + TOLERANCE, noise);
  }
}

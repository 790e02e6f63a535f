package org.ticketing.experiments.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures as text: with three significant digits, and never in exponents. */
public final class Figures {

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double WHOLE = 100;

  private Figures() {}

  /** A share in percent, with all its digits: the 99.99th percentile is not the 100th. */
  static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  public static String of(double figure) {
    BigDecimal exact = BigDecimal.valueOf(figure);
    BigDecimal rounded =
        Math.abs(figure) >= WHOLE
            ? exact.setScale(0, RoundingMode.HALF_UP)
            : exact.round(THREE_DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}

package org.ticketing.experiments.page;

import org.ticketing.experiments.chart.Range;
import org.ticketing.experiments.report.Ratio;

/** Figures of results as charts draw them. */
final class Ranges {

  private static final double MICROS_IN_MILLI = 1000;

  private Ranges() {}

  static Range of(Ratio ratio) {
    return new Range(ratio.min(), ratio.median(), ratio.max());
  }

  static double millis(long micros) {
    return micros / MICROS_IN_MILLI;
  }
}

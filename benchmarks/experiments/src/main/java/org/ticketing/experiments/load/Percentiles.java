package org.ticketing.experiments.load;

import org.HdrHistogram.Histogram;

/** How long requests took, in microseconds; all 0 when there were none. */
public record Percentiles(
    long requests,
    long p50Micros,
    long p90Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros) {

  /**
   * @param micros is not changed meanwhile
   */
  static Percentiles of(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9),
        micros.getMaxValue());
  }
}

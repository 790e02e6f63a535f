package org.ticketing.workload;

import java.util.Map;

/**
 * What the clients saw in one round of one system.
 *
 * @param refused by reason
 * @param failed by reason
 * @param unknown by reason
 * @param unexpected completed or refused payments that were prepared for another answer, such as a
 *     late one that was completed
 * @param lateRefusals late payments, without those that were refused for lack of points before it
 *     came to that
 * @param throughput completed payments a second
 * @param p50Micros latency of the completed payments, as are the other percentiles
 */
public record Tally(
    int asked,
    int completed,
    Map<String, Integer> refused,
    Map<String, Integer> failed,
    Map<String, Integer> unknown,
    int unexpected,
    int lateRefusals,
    double seconds,
    double throughput,
    long p50Micros,
    long p95Micros,
    long p99Micros,
    long maxMicros) {

  public int refusedCount() {
    return sum(refused);
  }

  public int failedCount() {
    return sum(failed);
  }

  public int unknownCount() {
    return sum(unknown);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}

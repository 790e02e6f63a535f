package org.ticketing.workload;

import java.util.Map;

/**
 * What the clients saw in one part of a round of one system.
 *
 * @param unexpected completed or refused payments that were prepared for another answer, such as a
 *     late one that was completed
 * @param throughput completed payments a second
 * @param latency of the completed payments: until their client knew of their end
 * @param accepted until completed payments were accepted whose client did not wait for the answer
 *     to its request; null if clients waited
 */
public record Tally(
    int asked,
    Answers answers,
    int unexpected,
    double seconds,
    double throughput,
    Latency latency,
    Latency accepted) {

  /**
   * How many payments had which outcome.
   *
   * @param refused by reason, as are the other two
   */
  public record Answers(
      int completed,
      Map<String, Integer> refused,
      Map<String, Integer> failed,
      Map<String, Integer> unknown) {

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

  /** In microseconds; 0 when no payment completed. */
  public record Latency(long p50Micros, long p95Micros, long p99Micros, long maxMicros) {}
}

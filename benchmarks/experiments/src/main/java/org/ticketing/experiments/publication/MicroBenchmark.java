package org.ticketing.experiments.publication;

import java.util.Map;

/**
 * One result in JMH's own JSON.
 *
 * @param benchmark its qualified name
 * @param mode such as {@code sample} or {@code thrpt}
 * @param params by name; null if it has none
 */
public record MicroBenchmark(
    String benchmark,
    String mode,
    int threads,
    int forks,
    int measurementIterations,
    String measurementTime,
    Map<String, String> params,
    Metric primaryMetric) {

  private static final String MEDIAN = "50.0";

  /**
   * @param scoreError half of the 99.9 % confidence interval of the mean; not a number where JMH
   *     has too few iterations to tell
   * @param scorePercentiles by percentile: of all samples if times were sampled, else of iterations
   */
  public record Metric(
      double score, double scoreError, Map<String, Double> scorePercentiles, String scoreUnit) {}

  /** Class and method, without the package. */
  public String name() {
    String[] parts = benchmark.split("\\.");
    return parts[parts.length - 2] + "." + parts[parts.length - 1];
  }

  public double median() {
    return primaryMetric.scorePercentiles().getOrDefault(MEDIAN, primaryMetric.score());
  }
}

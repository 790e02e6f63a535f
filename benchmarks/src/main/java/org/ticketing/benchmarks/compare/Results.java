package org.ticketing.benchmarks.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ticketing.benchmarks.load.Tally;
import org.ticketing.benchmarks.load.Workload;
import org.ticketing.benchmarks.report.Machine;
import org.ticketing.benchmarks.report.Project;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a comparison found, as written to {@code results.json}. The schema in {@code
 * results.schema.json} documents every field.
 */
public record Results(
    int schemaVersion,
    Instant startedAt,
    Instant finishedAt,
    Project project,
    Machine machine,
    Map<String, String> versions,
    Map<String, Map<String, String>> durability,
    Settings settings,
    List<SystemResult> systems) {

  public static final int SCHEMA_VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /**
   * @param readers who watch the payments
   * @param jvmOptions of the service processes, beside those of every run
   */
  public record Settings(
      int warmupRounds,
      int measuredRounds,
      int readers,
      List<String> jvmOptions,
      Workload workload) {}

  /**
   * @param seen in all rounds, warm-up included
   */
  public record SystemResult(
      String system, List<Round> rounds, Ratios ratios, Promise promise, Sightings seen) {}

  /**
   * @param number counted from 1, warm-up rounds included
   */
  public record Round(int number, boolean warmup, Tally tally, Sightings seen) {}

  /**
   * To {@code uncoordinated}, over the measured rounds. Null when a round had no completed payment.
   */
  public record Ratios(Ratio throughput, Ratio p50, Ratio p95, Ratio p99) {}

  /**
   * What the audit found after all rounds, warm-up included.
   *
   * @param kept as many payments, wallets and seats were violated as the workload predicts, and
   *     nothing is in doubt
   * @param expectedViolations 0 but for {@code uncoordinated}: there the late refusals
   * @param violations payments, wallets and seats with at least one violation
   */
  public record Promise(
      boolean kept,
      long expectedViolations,
      long violations,
      Map<String, Long> violationsByKind,
      List<String> examples,
      Map<String, Long> inDoubt) {}
}

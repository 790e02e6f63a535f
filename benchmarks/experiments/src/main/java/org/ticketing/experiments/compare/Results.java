package org.ticketing.experiments.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Workload;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a comparison found, as written to {@code results.json}. The schema in {@code
 * results.schema.json} documents every field.
 *
 * @param yardstick the system that ratios are taken to
 * @param oneProcess the system that is one process; null if none was compared
 * @param split the p50 of the yardstick to that of the one process; null if either was not warm
 * @param floor null if the yardstick was not warm
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
    String yardstick,
    String oneProcess,
    Ratio split,
    Floor floor,
    List<SystemResult> systems) {

  public static final int SCHEMA_VERSION = 3;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /**
   * @param latency whether systems are played until they are warm, and their latency measured
   * @param mostWarmUpRounds after which a system is taken as it is
   * @param mostWarmUpSeconds likewise
   * @param readers who watch the payments of many clients
   * @param jvmOptions of the service processes, beside those of every run
   * @param workload of each part of a round
   */
  public record Settings(
      boolean latency,
      int mostWarmUpRounds,
      int mostWarmUpSeconds,
      int measuredRounds,
      int readers,
      List<String> jvmOptions,
      Workload workload) {}

  /**
   * @param ratios null if the system, or the yardstick, was not warm
   * @param tail p95 / p50 of the system itself, one client; null if it was not warm
   * @param seen in all rounds, warm-up included
   */
  public record SystemResult(
      String system,
      WarmUp warmUp,
      List<Round> rounds,
      Cost cost,
      Ratios ratios,
      Ratio tail,
      Promise promise,
      Sightings seen) {}

  /** What a part of a round is for. */
  public enum Part {
    /** Audited as all others, but in no figure. */
    WARM_UP,
    /** One client, nobody reads, and what follows payments goes on meanwhile. */
    LATENCY,
    /** All clients, and the readers. */
    CAPACITY,
    /** One client, nobody reads, and what follows payments is held back until they are made. */
    ACCOUNTING
  }

  /**
   * One part of a round.
   *
   * @param number counted from 1, apart for rounds of warm-up
   * @param cost in an accounting part, else null
   */
  public record Round(int number, Part part, Tally tally, Cost cost, Sightings seen) {}

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

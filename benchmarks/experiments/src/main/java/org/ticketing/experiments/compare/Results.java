package org.ticketing.experiments.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Workload;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a comparison found, as written to {@code results.json}. The schema in {@code
 * results.schema.json} documents every field.
 *
 * @param unsafe whether it was measured although some server may lose commits that it acknowledges
 * @param notDurable the reasons, if it is unsafe
 * @param yardstick what the ratios of all systems are taken to
 * @param systems empty if no rounds were played
 * @param rates of the sweeps; null if none was played
 * @param sweeps in the order in which they were played
 * @param counts what payments cost by counting; empty if that was not played
 * @param observability what it costs to observe systems; null if that was not played
 * @param tracking what it costs to log transactions; null if that was not played
 * @param levers what levers change in each system; empty if that was not played
 * @param played the parts of the comparison that were played
 */
public record Results(
    int schemaVersion,
    Instant startedAt,
    Instant finishedAt,
    Environment environment,
    Settings settings,
    boolean unsafe,
    List<String> notDurable,
    Yardstick yardstick,
    List<SystemResult> systems,
    Rates rates,
    List<Sweep> sweeps,
    List<Counts> counts,
    ObservabilityCost observability,
    TrackingCost tracking,
    List<LeveredSystem> levers,
    List<PlayedPart> played) {

  /** Levers are absent in files of earlier runs. */
  public Results {
    levers = levers == null ? List.of() : levers;
  }

  public static final int SCHEMA_VERSION = 5;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Whether every audit found exactly what it had to find, and no answer is contradicted. */
  @JsonIgnore
  public boolean isAsExpected() {
    return played.stream()
        .flatMap(part -> part.systems().stream())
        .allMatch(judged -> judged.judgement().asExpected());
  }

  /** Whether no other part was played. */
  @JsonIgnore
  public boolean isOfLeversAlone() {
    return !levers.isEmpty() && played.size() == 1;
  }

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /**
   * The system that ratios are taken to, and what is known of it alone.
   *
   * @param control the same system started a second time, whose ratios are the noise of the run;
   *     null if there was none
   * @param oneProcess the system that is one process; null if none was compared
   * @param split the p50 of the yardstick to that of the one process; null if either was not warm
   * @param floor null if the yardstick was not warm
   */
  public record Yardstick(
      String system, String control, String oneProcess, Ratio split, Floor floor) {}

  /**
   * How a comparison is run.
   *
   * @param latency whether systems are played until they are warm, and their latency measured
   * @param mostWarmUpRounds after which a system is taken as it is
   * @param mostWarmUpSeconds after which it is, too
   * @param readers how many watch wallets and reservations while many clients pay
   * @param jvmOptions of the service processes, in addition to those of every run
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
   * What was found of one system.
   *
   * @param ratios null if the system, or the yardstick, was not warm
   * @param tail p95 / p50 of the system itself, with one client; null if it was not warm
   * @param seen in all rounds, warm-up included
   */
  public record SystemResult(
      String system,
      WarmUp warmUp,
      List<Round> rounds,
      Cost cost,
      Ratios ratios,
      Ratio tail,
      Judgement judgement,
      Sightings seen) {}

  /** What a part of a round is for. */
  public enum Part {
    /** Audited like all others, but in no figure. */
    WARM_UP,
    /** One client, no readers; what follows payments goes on meanwhile. */
    LATENCY,
    /** All clients and all readers. */
    CAPACITY,
    /** One client, no readers; what follows payments is held back until they are made. */
    ACCOUNTING
  }

  /**
   * One part of a round.
   *
   * @param number counted from 1; rounds of warm-up are counted apart
   * @param cost in an accounting part, else null
   */
  public record Round(int number, Part part, Tally tally, Cost cost, Sightings seen) {}

  /**
   * To the yardstick, over the measured rounds. Each is null when a round had no completed payment.
   */
  public record Ratios(Ratio throughput, Ratio p50, Ratio p95, Ratio p99) {}

  /**
   * The payments a second of the sweeps, chosen when the first of them began.
   *
   * @param capacity of the yardstick, by which they were chosen: completed payments a second of all
   *     clients at the end of its warm-up
   * @param base at which everything but the rate is varied
   * @param steps of the sweep of rates
   */
  public record Rates(double capacity, double base, List<Double> steps) {}

  /**
   * When a part of the comparison was played, and in which state its systems were.
   *
   * @param systems in the order of tables
   */
  public record PlayedPart(
      String part, Instant startedAt, Instant finishedAt, List<Judged> systems) {}

  /** How a system became warm before a part, and what the audit found after it. */
  public record Judged(String system, WarmUp warmUp, Judgement judgement) {}
}

package org.ticketing.experiments.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.Systems;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that {@code ./ticketing crash} found, as written to {@code results.json}. The schema
 * in {@code crash.schema.json} documents every field.
 */
public record CrashResults(
    int schemaVersion,
    Run run,
    List<CellResult> cells,
    List<RandomFaultsResult> randomFaults,
    List<SkippedCell> skipped) {

  public static final int SCHEMA_VERSION = 2;

  public CrashResults {
    skipped = skipped == null ? List.of() : skipped; // files from before there were any
  }

  /**
   * A cell that could not be played with the servers of the run.
   *
   * @param reason why not, in a phrase
   */
  public record SkippedCell(Played cell, String reason) {

    boolean isOf(String system) {
      return cell.system().equals(system);
    }
  }

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** When, where, and with which source and libraries the results were found. */
  public record Run(
      Instant startedAt,
      Instant finishedAt,
      Project project,
      Machine machine,
      Map<String, String> versions,
      Map<String, Changes> changes,
      Map<String, Map<String, String>> durability) {

    /** A run that begins now. */
    static Run begin(LocalStack stack, Path home) throws IOException {
      Instant now = Instant.now();
      return new Run(
          now,
          now,
          Surroundings.project(home),
          Surroundings.machine(stack),
          Surroundings.versions(home, Systems.all()),
          Surroundings.changes(stack, Systems.all()),
          Map.of());
    }

    /** Both as one, as if the other had begun when this one was over. */
    Run followedBy(Run other) {
      if (!machine.equals(other.machine)) {
        throw new IllegalArgumentException("its parts are of different machines");
      }
      Environment both = environment().with(other.environment());
      return new Run(
          startedAt,
          finishedAt.plus(Duration.between(other.startedAt, other.finishedAt)),
          project,
          machine,
          both.versions(),
          both.changes(),
          both.durability());
    }

    private Environment environment() {
      return new Environment(project, machine, versions, changes, durability);
    }

    /** The same run, finished now, with what the servers of the stack said meanwhile. */
    Run finishedOn(LocalStack stack) {
      return new Run(
          startedAt,
          Instant.now(),
          project,
          machine,
          versions,
          changes,
          Surroundings.durability(stack));
    }
  }

  /**
   * Joins the parts of one matrix that were played by commands of their own, for example one for
   * each system.
   *
   * @param parts at least one
   * @throws IllegalArgumentException they were not found with the same source on the same machine,
   *     or not with the same changes of libraries and servers
   */
  public static CrashResults joined(List<CrashResults> parts) {
    CrashResults first = parts.get(0);
    return new CrashResults(
        first.schemaVersion,
        parts.stream().map(CrashResults::run).reduce(Run::followedBy).orElseThrow(),
        parts.stream().flatMap(part -> part.cells.stream()).toList(),
        parts.stream().flatMap(part -> part.randomFaults.stream()).toList(),
        parts.stream().flatMap(part -> part.skipped.stream()).toList());
  }

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /**
   * Whether every system that makes a promise kept it, and every cell was played to its end that
   * was not skipped.
   */
  public boolean arePromisesKept() {
    return Stream.concat(
            cells.stream().map(CellResult::found),
            randomFaults.stream().map(RandomFaultsResult::found))
        .allMatch(Findings::isKept);
  }
}

package org.ticketing.experiments.crash;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything the crash matrix found, as written to {@code results.json}. The schema in {@code
 * crash.schema.json} documents every field.
 */
public record CrashResults(
    int schemaVersion,
    Instant startedAt,
    Instant finishedAt,
    Project project,
    Machine machine,
    Map<String, String> versions,
    Map<String, Map<String, String>> durability,
    List<CellResult> cells,
    List<RandomFaultsResult> storms) {

  public static final int SCHEMA_VERSION = 2;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /** Every system that makes a promise has kept it, and every cell was really played. */
  public boolean arePromisesKept() {
    return Stream.concat(
            cells.stream().map(CellResult::found), storms.stream().map(RandomFaultsResult::found))
        .allMatch(Findings::isKept);
  }
}

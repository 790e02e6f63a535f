package org.ticketing.experiments.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.ticketing.experiments.report.Environment;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was found under load, as written to {@code load.json}. The schema in {@code
 * load.schema.json} documents every field.
 *
 * @param environment of a system that runs elsewhere, only the machine that sent the load
 * @param system null if it runs elsewhere
 * @param target the URL of a system that runs elsewhere, else null
 * @param warmUp what was sent before, and is in no other figure; null without a warm-up
 * @param audit what the audit found; null of a system that runs elsewhere
 */
public record LoadResults(
    int schemaVersion,
    Instant startedAt,
    Instant finishedAt,
    Environment environment,
    String system,
    String target,
    LoadSettings settings,
    LoadFigures warmUp,
    LoadFigures load,
    Audited audit) {

  public static final int SCHEMA_VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /** Whether the audit found exactly what it had to find, or there was none. */
  @JsonIgnore
  public boolean isAsExpected() {
    return audit == null || audit.asExpected();
  }
}

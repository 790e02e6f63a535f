package org.ticketing.experiments.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Judgement;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was found under load, as written to {@code load.json}. The schema in {@code
 * load.schema.json} documents every field.
 *
 * @param environment of a system that runs elsewhere, only the machine that sent the load
 * @param system null if it runs elsewhere and nobody said which it is
 * @param target the URL of a system that runs elsewhere, or the file with the URLs of its services;
 *     else null
 * @param warmUp what was sent before, and is in no other figure; null without a warm-up
 * @param accepted from when payments were due until they were accepted; null if clients waited for
 *     them
 * @param judgement null of a system that runs elsewhere and whose databases could not be read
 */
public record LoadResults(
    int schemaVersion,
    Instant startedAt,
    Instant finishedAt,
    Environment environment,
    String system,
    String target,
    LoadSettings settings,
    Reserved reserved,
    LoadFigures warmUp,
    LoadFigures load,
    Percentiles accepted,
    Judgement judgement) {

  public static final int SCHEMA_VERSION = 2;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public String toJson() {
    return JSON.writeValueAsString(this) + "\n";
  }

  /** Whether the databases showed what they had to show, or could not be read from here. */
  @JsonIgnore
  public boolean isAsExpected() {
    return judgement == null || judgement.asExpected();
  }
}

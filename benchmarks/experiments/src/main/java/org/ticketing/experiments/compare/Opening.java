package org.ticketing.experiments.compare;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.ticketing.experiments.report.Environment;

/**
 * What a comparison began as. It can only be continued as the same.
 *
 * @param command that began it
 */
record Opening(String command, Instant startedAt, Plan plan, Environment environment) {

  /** What has to be the same, by what it is called. */
  private static final Map<String, Function<Opening, Object>> SAME = new LinkedHashMap<>();

  static {
    SAME.put("commit", opening -> opening.environment().project());
    SAME.put("JDK", opening -> opening.environment().machine().jdk());
    SAME.put("machine", opening -> opening.environment().machine());
    SAME.put("choice of systems", opening -> opening.plan().systems());
    SAME.put("choice of settings", Opening::plan);
    SAME.put("choice of what runs as shipped", opening -> opening.environment().changes());
    SAME.put("version of a library", opening -> opening.environment().versions());
    SAME.put(
        "answer of a server about its durability", opening -> opening.environment().durability());
  }

  /**
   * Checks that this is what is to be continued.
   *
   * @throws NotResumableException it is not; the message says what differs
   */
  void requireSame(Opening continued) {
    SAME.forEach(
        (name, part) -> {
          if (!Objects.equals(part.apply(this), part.apply(continued))) {
            throw new NotResumableException(
                "The comparison cannot be continued: another %s. It was begun at %s with: %s"
                    .formatted(name, startedAt, command));
          }
        });
  }
}

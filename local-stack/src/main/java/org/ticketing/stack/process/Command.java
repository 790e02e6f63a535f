package org.ticketing.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param environment added to the inherited one; the place for secrets, which arguments would show
 * @param abort the signal that ends it, and every process it started, at once
 */
public record Command(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    Path log,
    String abort) {

  public static final String KILL = "KILL";

  /** Makes PostgreSQL take its backends along; after KILL they could go on for a moment. */
  public static final String QUIT = "QUIT";
}

package org.ticketing.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The command that starts a process.
 *
 * @param environment is added to the inherited one. Secrets belong here, because everybody can read
 *     arguments
 * @param abort the signal that ends it at once, with every process it started
 */
public record Command(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    Path log,
    String abort) {

  public static final String KILL = "KILL";

  /** Makes PostgreSQL end its backends too; after KILL they could go on for a moment. */
  public static final String QUIT = "QUIT";
}

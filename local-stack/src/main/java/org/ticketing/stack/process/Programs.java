package org.ticketing.stack.process;

import java.io.IOException;
import java.util.List;

/** What this machine's own programs can do for the processes we start. */
public final class Programs {

  /**
   * Put before a command to start it in a session of its own, which a terminal's Ctrl-C and hang-up
   * do not reach. Empty where there is no setsid (macOS): there they reach it.
   */
  static final List<String> OWN_SESSION =
      succeeds("setsid", "true") ? List.of("setsid") : List.of();

  private Programs() {}

  /** Runs a command that ends at once. A program that is missing does not succeed. */
  public static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      ProcessEnd.await(process);
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}

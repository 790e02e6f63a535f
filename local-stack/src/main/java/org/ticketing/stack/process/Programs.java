package org.ticketing.stack.process;

import java.io.IOException;
import java.util.List;

/** Programs of this machine that help to start processes. */
public final class Programs {

  /**
   * Is put before a command to start it in a session of its own, where a terminal's Ctrl-C and
   * hang-up do not reach it. Empty without setsid (on macOS), where they do.
   */
  static final List<String> OWN_SESSION =
      succeeds("setsid", "true") ? List.of("setsid") : List.of();

  private Programs() {}

  /** Runs a short command. Returns whether it ended with status 0; false if it does not exist. */
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

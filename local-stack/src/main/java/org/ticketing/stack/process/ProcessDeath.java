package org.ticketing.stack.process;

import java.nio.file.Path;

/**
 * The end of a process that nobody asked to end.
 *
 * @param process its name, such as {@code alpha-payment} or {@code postgresql}
 * @param status its exit status; above 128 it was ended by the signal {@code status - 128}
 * @param log its log file, which ends with what it told last
 */
public record ProcessDeath(String process, long pid, int status, Path log) {

  /** One line that can be shown to a user as it is. */
  @Override
  public String toString() {
    return "%s (pid %d) %s; its log is %s".formatted(process, pid, describe(status), log);
  }

  static String describe(int status) {
    return status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
  }
}

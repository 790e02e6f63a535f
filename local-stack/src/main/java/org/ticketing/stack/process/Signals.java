package org.ticketing.stack.process;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Sends POSIX signals. Java's own API sends only two of them. */
final class Signals {

  private Signals() {}

  /** Sends a signal, such as {@code KILL}, to the processes that are still there. */
  static void send(String signal, Collection<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    String list = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    try {
      ProcessEnd.await(
          new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + list)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new StackException("Cannot send signals: " + e.getMessage(), e);
    }
  }
}

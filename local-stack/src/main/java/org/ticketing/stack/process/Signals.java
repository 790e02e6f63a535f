package org.ticketing.stack.process;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Sends POSIX signals, of which Java's own API knows only two. */
public final class Signals {

  private Signals() {}

  /** Processes that are gone are passed over. */
  public static void send(String signal, Collection<Long> pids) {
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

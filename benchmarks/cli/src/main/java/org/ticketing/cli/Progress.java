package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells what is being done, each line with the seconds since the command began. */
final class Progress implements Consumer<String> {

  private final PrintWriter out;
  private final long began = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(String line) {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    out.printf("[%4d s] %s%n", seconds, line);
    out.flush();
  }
}

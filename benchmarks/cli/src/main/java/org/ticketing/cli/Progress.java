package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ticketing.experiments.report.ProgressListener;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints what is being done: each message in a line with the seconds since the command began, and
 * steps as a bar where the output is a terminal. Where it is not, as in a log, steps are lines too.
 */
final class Progress implements ProgressListener, AutoCloseable {

  private final PrintWriter out;
  private final boolean isTerminal;
  private final long began = System.nanoTime();

  /** Null while no steps are under way, and where the output is no terminal. */
  private ProgressBar bar;

  /** When the first step began. */
  private long firstStep;

  Progress(PrintWriter out) {
    this(out, Ansi.AUTO.enabled());
  }

  Progress(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  @Override
  public synchronized void accept(String line) {
    if (bar != null) {
      bar.setExtraMessage(line);
      return;
    }
    out.printf("[%4d s] %s%n", secondsSince(began), line);
    out.flush();
  }

  @Override
  public synchronized void step(int done, int all, String what) {
    if (done == 0) {
      firstStep = System.nanoTime();
    }
    if (!isTerminal) {
      accept(what + timeLeft(done, all));
      return;
    }
    if (bar == null) {
      bar = start(all);
    }
    bar.stepTo(done);
    bar.setExtraMessage(what);
    if (done == all) {
      close();
    }
  }

  /** Ends the line of a bar whose work was broken off. Idempotent. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private static ProgressBar start(int all) {
    return new ProgressBarBuilder()
        .setTaskName("")
        .setInitialMax(all)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  private String timeLeft(int done, int all) {
    return done == 0 || done == all
        ? ""
        : ", %d s left".formatted(secondsSince(firstStep) * (all - done) / done);
  }

  private static long secondsSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}

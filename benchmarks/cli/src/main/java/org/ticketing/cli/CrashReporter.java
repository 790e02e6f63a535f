package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.ticketing.experiments.crash.CrashMatrix;
import org.ticketing.experiments.crash.CrashPage;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.CrashTable;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.TicketingSystem;

/** Writes and prints what the crash matrix finds, and can keep a system running at its end. */
final class CrashReporter implements CrashMatrix.Observer {

  private static final String RESULTS = "results.json";
  private static final String PAGE = "crash-matrix.md";

  private final LocalStack stack;
  private final List<CrashPoint> points;
  private final Consumer<String> progress;
  private final PrintWriter out;
  private final boolean hold;
  private CrashResults latest;

  /**
   * @param points of the page, in this order
   * @param hold whether a system on which nothing more is played is kept
   */
  CrashReporter(
      LocalStack stack,
      List<CrashPoint> points,
      Consumer<String> progress,
      PrintWriter out,
      boolean hold) {
    this.stack = stack;
    this.points = points;
    this.progress = progress;
    this.out = out;
    this.hold = hold;
  }

  @Override
  public void progress(String line) {
    progress.accept(line);
  }

  @Override
  public void found(CrashResults soFar) {
    latest = soFar;
    try {
      Files.writeString(file(PAGE), CrashPage.of(points, soFar));
      Files.writeString(file(RESULTS), soFar.toJson());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void leaving(TicketingSystem system) {
    if (hold) {
      print(latest);
      hold(system);
    }
  }

  /** Prints the table, and last where the results are. */
  void print(CrashResults results) {
    out.printf("%n%s%n", CrashTable.of(results));
    out.println(file(RESULTS));
    out.flush();
  }

  private Path file(String name) {
    return stack.directory().resolve(name);
  }

  /** Waits until this process, or one of the system, is ended from outside. */
  private void hold(TicketingSystem system) {
    out.printf("%nThe databases of %s:%n", system.name());
    for (String process : system.description().processNames()) {
      out.printf("  %-12s %s%n", process, system.clientCommand(process));
    }
    out.println("What its protocol leaves in doubt:");
    for (InDoubtQuery one : system.description().inDoubt()) {
      out.printf("  %-12s %s;%n", one.service(), one.query());
    }
    out.println("Ctrl-C stops everything.");
    out.flush();
    throw new CommandFailed("Stopped, because " + stack.unexpectedDeath().join() + ".");
  }
}

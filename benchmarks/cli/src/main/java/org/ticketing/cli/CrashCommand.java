package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;
import org.ticketing.experiments.crash.Cell;
import org.ticketing.experiments.crash.CrashMatrix;
import org.ticketing.experiments.crash.CrashPage;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashPoints;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.CrashTable;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.TicketingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing crash}: plays the crash matrix. */
@Command(
    name = "crash",
    description =
        "Injects faults at every step of each protocol, restarts what failed, and audits what is"
            + " left.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrashCommand implements Callable<Integer> {

  private static final Duration LONGEST_RANDOM = Duration.ofHours(1);
  private static final String RESULTS = "results.json";
  private static final String PAGE = "crash-matrix.md";

  @Spec private CommandSpec spec;

  @Mixin private ChosenSystems systems;

  @Option(
      names = "--point",
      split = ",",
      paramLabel = "<name>",
      description = "Only the cells of these points; --list names them.")
  private List<String> names = List.of();

  @Option(
      names = "--fault",
      paramLabel = "<fault>",
      description = "Only the cells with this fault, such as \"kill payment\".")
  private String fault;

  @Option(
      names = "--script",
      paramLabel = "<file>",
      description =
          "A point of your own instead: a Byteman script in the form of those of the systems.")
  private Path script;

  @Option(
      names = "--repeat",
      paramLabel = "<n>",
      description = "Plays every cell this many times. Default: ${DEFAULT-VALUE}.")
  private int repetitions = 1;

  @Option(
      names = "--random",
      paramLabel = "<time>",
      description =
          "Instead of the matrix: SIGKILL at random moments under load for this time, such as 10m.")
  private String random;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "Chooses what --random kills. Default: another seed each time.")
  private Long seed;

  @Mixin private AsShippedOptions asShipped;

  @Mixin private MysqlBinariesOption mysqlBinaries;

  @Option(
      names = "--hold",
      description =
          "After the last cell, or the first that breaks its promise, leaves the system running and"
              + " prints how to look into its databases, until Ctrl-C.")
  private boolean hold;

  @Option(names = "--list", description = "Explains every point in one line, and plays nothing.")
  private boolean list;

  @Override
  public Integer call() throws Exception {
    List<SystemDescription> chosen = systems.get();
    List<CrashPoint> points = points(chosen);
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      out.print(CrashTable.list(points));
      out.flush();
      return ExitCode.OK;
    }
    if (repetitions < 1 || repetitions > 1000) {
      throw wrong("--repeat must be from 1 to 1000.");
    }
    if (hold && chosen.size() != 1) {
      throw wrong("--hold needs one system.");
    }
    List<Cell> cells = cells(points);
    Duration randomTime = randomTime();
    Progress progress = new Progress(out);
    StackOptions options =
        mysqlBinaries.applyTo(
            asShipped.applyTo(
                StackOptions.forSystems(chosen)
                    .withJvmOptions(StackOptions.QUICK_COMPILER)
                    .acceptingRules()
                    .withProgress(progress),
                chosen),
            spec.commandLine());
    return StackSession.run(
        options,
        stack -> {
          CrashMatrix matrix =
              new CrashMatrix(stack, options.home(), new Reporter(stack, points, progress));
          CrashResults results =
              randomTime == null
                  ? matrix.play(cells, repetitions)
                  : matrix.injectAtRandom(
                      chosen, randomTime, seed == null ? new Random().nextInt() : seed);
          report(results, stack);
          return results.arePromisesKept() ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private void report(CrashResults results, LocalStack stack) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%n%s%n", CrashTable.of(results));
    out.println(stack.directory().resolve(RESULTS));
    out.flush();
  }

  private final class Reporter implements CrashMatrix.Observer {

    private final LocalStack stack;
    private final List<CrashPoint> points;
    private final Progress progress;
    private CrashResults latest;

    Reporter(LocalStack stack, List<CrashPoint> points, Progress progress) {
      this.stack = stack;
      this.points = points;
      this.progress = progress;
    }

    @Override
    public void progress(String line) {
      progress.accept(line);
    }

    @Override
    public void found(CrashResults soFar) {
      latest = soFar;
      try {
        Files.writeString(stack.directory().resolve(PAGE), CrashPage.of(points, soFar));
        Files.writeString(stack.directory().resolve(RESULTS), soFar.toJson());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void leaving(TicketingSystem system) {
      if (hold) {
        report(latest, stack);
        hold(system);
      }
    }

    /** Waits until this process, or one of the system, is ended from outside. */
    private void hold(TicketingSystem system) {
      PrintWriter out = spec.commandLine().getOut();
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

  private List<CrashPoint> points(List<SystemDescription> chosen) {
    if (script != null) {
      return List.of(ownPoint(chosen));
    }
    List<CrashPoint> all = chosen.stream().flatMap(one -> CrashPoints.of(one).stream()).toList();
    List<CrashPoint> points = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      List<CrashPoint> found = all.stream().filter(point -> point.name().equals(name)).toList();
      if (found.isEmpty()) {
        throw wrong("There is no point " + name + "; ./ticketing crash --list names them.");
      }
      points.addAll(found);
    }
    return names.isEmpty() ? all : points;
  }

  private List<Cell> cells(List<CrashPoint> points) {
    List<Cell> all = points.stream().flatMap(point -> point.cells().stream()).toList();
    List<Cell> cells =
        all.stream()
            .filter(cell -> fault == null || cell.fault().toString().equals(fault))
            .toList();
    if (cells.isEmpty()) {
      throw wrong(
          "There is no cell with the fault %s; there are: %s."
              .formatted(
                  fault,
                  all.stream()
                      .map(cell -> cell.fault().toString())
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    return cells;
  }

  private CrashPoint ownPoint(List<SystemDescription> chosen) {
    if (chosen.size() != 1 || !names.isEmpty()) {
      throw wrong("--script needs one system, and no --point.");
    }
    try {
      CrashPoint point = CrashPoints.read(chosen.get(0), script);
      CrashMatrix.require(point.cells());
      return point;
    } catch (NoSuchFileException missing) {
      throw wrong("There is no file " + script + ".");
    } catch (IllegalArgumentException | IOException failure) {
      throw wrong("--script cannot be used: " + failure.getMessage() + ".");
    }
  }

  private Duration randomTime() {
    if (random == null) {
      if (seed != null) {
        throw wrong("--seed goes with --random.");
      }
      return null;
    }
    if (!names.isEmpty() || fault != null || script != null || repetitions != 1) {
      throw wrong("--random goes without --point, --fault, --script and --repeat.");
    }
    Duration time;
    try {
      time = DurationStyle.detectAndParse(random);
    } catch (IllegalArgumentException notATime) {
      throw wrong("--random takes a time such as 90s or 10m, not " + random + ".");
    }
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST_RANDOM) > 0) {
      throw wrong("--random must be from 1s to 1h.");
    }
    return time;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

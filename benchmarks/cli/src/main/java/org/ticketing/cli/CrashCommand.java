package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ticketing.experiments.crash.Cell;
import org.ticketing.experiments.crash.CrashMatrix;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.CrashTable;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
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
        "Injects faults at every step of each protocol, repairs what failed, and audits what is"
            + " left.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrashCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ChosenSystems systems;

  @Mixin private CrashCells chosenCells;

  @Option(
      names = "--repeat",
      paramLabel = "<n>",
      description = "Plays every cell this many times. Default: ${DEFAULT-VALUE}.")
  private int repetitions = 1;

  @Mixin private RandomFaultOptions random;

  @Mixin private AsShippedOptions asShipped;

  @Mixin private StartedDatabases databases;

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
    List<CrashPoint> points = chosenCells.points(chosen);
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      out.print(CrashTable.list(points));
      out.flush();
      return ExitCode.OK;
    }
    require(repetitions >= 1 && repetitions <= 1000, "--repeat must be from 1 to 1000.");
    require(!hold || chosen.size() == 1, "--hold needs one system.");
    List<Cell> cells = chosenCells.of(points);
    Optional<Duration> randomTime = random.time(chosenCells.areChosen() || repetitions != 1);
    Progress progress = new Progress(out);
    StackOptions options =
        databases.applyTo(
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
          CrashReporter reporter = new CrashReporter(stack, points, progress, out, hold);
          CrashMatrix matrix = new CrashMatrix(stack, options.home(), reporter);
          CrashResults results =
              randomTime.isPresent()
                  ? matrix.injectAtRandom(chosen, randomTime.get(), random.seed())
                  : matrix.play(cells, repetitions);
          reporter.print(results);
          return results.arePromisesKept() ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private void require(boolean isRight, String otherwise) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}

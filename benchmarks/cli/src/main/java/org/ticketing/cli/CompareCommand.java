package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ticketing.experiments.compare.Comparison;
import org.ticketing.experiments.compare.ComparisonPart;
import org.ticketing.experiments.compare.Missing;
import org.ticketing.experiments.compare.NotResumableException;
import org.ticketing.experiments.compare.Plan;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.ResultsTable;
import org.ticketing.experiments.compare.SavedRun;
import org.ticketing.experiments.compare.Schedule;
import org.ticketing.experiments.page.ReportPage;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing compare}: measures all systems side by side. */
@Command(
    name = "compare",
    description = {
      "Sells tickets through systems, audits them, and says what it cost. The system that ratios are"
          + " taken to is always among them, unless each is compared with itself alone"
          + " (observability, tracking, levers).",
      "",
      "A system is warmed up and measured while the processes of all others are stopped. Its warm-up"
          + " is 6,000 payments, and then rounds until their p50 is flat: the median of the last three is"
          + " no more than 5 %% below that of the three before them. At most 40 rounds (full:"
          + " 60; a round has twice --payments) or 600 seconds are tried; a system that is not warm"
          + " then is marked, and has no ratios."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ChosenSystems systems;

  @ArgGroup private ComparisonLength length = new ComparisonLength();

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      description = "Measured rounds. Default: 7; quick 1, full 8.")
  private Integer rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "<part>",
      description =
          "Only these parts, separated by commas: rounds (capacity, and the latency of one client),"
              + " or latency under load at a fixed rate with one thing varied: rates, wallets,"
              + " refusals, readers, distance; or upheavals (payments whose schedule is cancelled,"
              + " beside customers who withdraw; only audited), or counts (what a payment costs), or"
              + " observability (each system with metrics and traces switched on and off), or tracking"
              + " (each system twice: with the log of transactions, and without), or levers (each"
              + " system with none and with each thing that makes payments faster without another"
              + " protocol). Default: rounds; full: all but upheavals, observability, tracking, and"
              + " levers.")
  private List<ComparisonPart> only;

  @ArgGroup private Continuation continuation = new Continuation();

  /** Which comparison is continued, if any. */
  static final class Continuation {
    @Option(
        names = "--resume",
        description =
            "Continue the newest comparison that was interrupted. Parts that were over are not"
                + " played again, and neither are systems whose levers were measured. Give all other"
                + " options as before.")
    private boolean newest;

    @Option(
        names = "--resume-from",
        paramLabel = "<folder>",
        description = "Continue the comparison in this folder, one of .ticketing/runs.")
    private Path folder;

    Optional<SavedRun> run(Path home) throws IOException {
      if (folder != null) {
        return Optional.of(SavedRun.interrupted(folder));
      }
      return newest ? Optional.of(SavedRun.newestInterrupted(home)) : Optional.empty();
    }
  }

  @Option(
      names = "--unsafe",
      description =
          "Go on with servers that may lose commits. The results are marked, and compare with"
              + " nothing.")
  private boolean unsafe;

  @Mixin private WorkloadOptions workload;

  @Option(
      names = "--readers",
      paramLabel = "<n>",
      description =
          "Readers who watch wallets and reservations while capacity is measured, 0 to 50. Default:"
              + " ${DEFAULT-VALUE}.")
  private int readers = 2;

  @Mixin private AsShippedOptions asShipped;

  @Mixin private DatabaseOptions databases;

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    try (Progress progress = new Progress(spec.commandLine().getOut())) {
      return compare(plan, progress);
    }
  }

  private Integer compare(Plan plan, Progress progress) throws Exception {
    List<SystemDescription> compared = plan.systems().stream().map(Systems::named).toList();
    PrintWriter out = spec.commandLine().getOut();
    StackOptions plain =
        StackOptions.forSystems(compared)
            .withJvmOptions(length.jvmOptions())
            .withProgress(progress);
    Optional<SavedRun> interrupted = interrupted(plain.home());
    StackOptions options = databases.applyTo(asShipped.applyTo(plain, compared));
    Missing missing = interrupted.map(run -> run.missing(plan)).orElseGet(() -> Missing.all(plan));
    progress.accept(
        length.isQuick() && only == null
            ? "takes 3 to 5 minutes on 2 cores"
            : new Schedule(plan, missing).estimate());
    return StackSession.run(
        unsafe ? options.unsafe() : options,
        stack -> {
          SavedRun run = interrupted.orElseGet(() -> SavedRun.begin(stack.directory()));
          Results results =
              new Comparison(stack, options.home(), plan, run, progress).run(commandLine());
          out.printf("%n%s%n", ResultsTable.of(results));
          writePage(run.results());
          out.println(run.results());
          out.flush();
          return results.isAsExpected() ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  private Optional<SavedRun> interrupted(Path home) throws IOException {
    try {
      return continuation.run(home);
    } catch (NotResumableException nothing) {
      throw new ParameterException(spec.commandLine(), nothing.getMessage());
    }
  }

  private String commandLine() {
    return "./ticketing "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  private Plan plan() {
    List<ComparisonPart> parts = only == null ? length.parts() : only;
    return new Plan(
        Plan.compared(systems.get(), parts).stream().map(SystemDescription::name).toList(),
        length.hasControl(),
        parts,
        settings(),
        length.sweeps(),
        unsafe);
  }

  private Settings settings() {
    try {
      if (rounds != null && (rounds < 1 || rounds > 1000)) {
        throw new IllegalArgumentException("rounds must be from 1 to 1000");
      }
      if (readers < 0 || readers > 50) {
        throw new IllegalArgumentException("readers must be from 0 to 50");
      }
      return new Settings(
          length.latency(),
          length.mostWarmUpRounds(),
          length.mostWarmUpSeconds(),
          rounds == null ? length.measuredRounds() : rounds,
          readers,
          length.jvmOptions(),
          workload.of(length.payments()));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "Wrong: " + wrong.getMessage() + ".");
    }
  }

  /** Writes the page that shows the results beside them. */
  private static void writePage(Path results) throws IOException {
    Files.writeString(
        results.resolveSibling("report.html"), ReportPage.of(Evidence.of(List.of(results))));
  }
}

package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ticketing.experiments.compare.Comparison;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.ResultsTable;
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
          + " taken to is always among them.",
      "",
      "A system is warmed up and measured while the processes of all others are stopped. Its warm-up"
          + " goes on until the p50 of its rounds is flat: the median of the last three rounds is no"
          + " more than 5 %% below that of the three before them. At most 40 rounds or 300 seconds"
          + " are tried (full: 60 or 600; a round has twice --payments); a system that is not warm"
          + " then is marked, and has no ratios."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ChosenSystems systems;

  @ArgGroup private Length length = new Length();

  /** How much is measured, unless other options say otherwise. */
  static final class Length {
    @Option(
        names = "--quick",
        description =
            "For a first impression; takes up to 5 minutes on 2 cores. Shows promises, anomalies and"
                + " processor time. No system becomes warm, so there are no ratios of throughput and"
                + " latency.")
    private boolean quick;

    @Option(
        names = "--full",
        description = "For figures to be published; takes an hour or more on 2 cores.")
    private boolean full;

    boolean latency() {
      return !quick;
    }

    int mostWarmUpRounds() {
      return quick ? 1 : full ? 60 : 40;
    }

    int mostWarmUpSeconds() {
      return quick ? 60 : full ? 600 : 300;
    }

    int measuredRounds() {
      return quick ? 1 : full ? 15 : 7;
    }

    /** A quick run is over before the optimising compiler has paid for itself. */
    List<String> jvmOptions() {
      return quick ? StackOptions.QUICK_COMPILER : List.of();
    }

    int payments() {
      return quick ? 40 : full ? 600 : 250;
    }

    String duration() {
      return quick ? "3 to 5 minutes" : full ? "an hour or more" : "20 to 25 minutes";
    }
  }

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      description = "Measured rounds. Default: 7; quick 1, full 15.")
  private Integer rounds;

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
    Settings settings = settings();
    try (Progress progress = new Progress(spec.commandLine().getOut())) {
      return compare(settings, progress);
    }
  }

  private Integer compare(Settings settings, Progress progress) throws Exception {
    List<SystemDescription> compared = compared();
    PrintWriter out = spec.commandLine().getOut();
    StackOptions options =
        asShipped.applyTo(
            databases.applyTo(
                StackOptions.forSystems(compared)
                    .withJvmOptions(length.jvmOptions())
                    .withProgress(progress)),
            compared);
    progress.accept("takes %s on 2 cores".formatted(length.duration()));
    return StackSession.run(
        options,
        stack -> {
          Results results =
              new Comparison(stack, options.home(), compared, settings, progress).run();
          out.printf("%n%s%n", ResultsTable.of(results));
          out.println(write(results, stack.directory()));
          out.flush();
          boolean asExpected = results.systems().stream().allMatch(one -> one.promise().kept());
          return asExpected ? ExitCode.OK : ExitCode.SOFTWARE;
        });
  }

  /** The chosen systems and the yardstick, in the order of tables. */
  private List<SystemDescription> compared() {
    List<SystemDescription> chosen = systems.get();
    return Systems.all().stream()
        .filter(system -> chosen.contains(system) || system.yardstick())
        .toList();
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

  /** Writes the results, and beside them the page that shows them. */
  private static Path write(Results results, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("results.json"), results.toJson());
    Files.writeString(directory.resolve("report.html"), ReportPage.of(Evidence.of(List.of(file))));
    return file;
  }
}

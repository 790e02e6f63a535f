package org.ticketing.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ticketing.experiments.live.LiveComparison;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing live}: one page that shows systems side by side. */
@Command(
    name = "live",
    description = {
      "Starts systems, and a page on this machine from which a short load is put on all of them at"
          + " the same time, with a kill in the middle of it. Shows what becomes of the payments,"
          + " side by side. Ends with Ctrl-C.",
      "",
      "It measures nothing: the systems share the processor. To compare their speed, use"
          + " './ticketing compare'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LiveCommand implements Callable<Integer> {

  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "<system>",
      description =
          "${COMPLETION-CANDIDATES}. Default: those of several processes that promise atomic"
              + " payments.",
      completionCandidates = SystemNames.class)
  private List<String> names = List.of();

  @Option(
      names = "--port",
      paramLabel = "<n>",
      description = "Port of the page. Default: a free one.")
  private Integer port;

  @Mixin private AsShippedOptions asShipped;

  @Mixin private DatabaseOptions databases;

  @Override
  public Integer call() throws Exception {
    if (port != null && (port < LOWEST_PORT || port > HIGHEST_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from %d to %d.".formatted(LOWEST_PORT, HIGHEST_PORT));
    }
    if (databases.servers().areGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "live kills servers; it goes without --postgres and --mysql, which run elsewhere.");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<SystemDescription> chosen = chosen();
    StackOptions options =
        asShipped.applyTo(StackOptions.forSystems(chosen).withProgress(new Progress(out)), chosen);
    return StackSession.run(
        databases.applyTo(options),
        stack -> {
          try (LiveComparison live =
              LiveComparison.start(
                  stack,
                  chosen,
                  system -> Optional.of(system.startTracker().url()),
                  port == null ? 0 : port)) {
            out.printf("%n%s%n%nCtrl-C stops everything.%n", live.url());
            out.flush();
            throw new CommandFailed("Stopped, because " + stack.unexpectedDeath().get() + ".");
          }
        });
  }

  private List<SystemDescription> chosen() {
    return names.isEmpty()
        ? Systems.byDefault().stream()
            .filter(system -> system.atomic() && !system.isOneProcess())
            .toList()
        : ChosenSystems.named(names, spec.commandLine());
  }
}

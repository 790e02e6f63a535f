package org.ticketing.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ticketing.experiments.queue.LineMeasurement;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing queue}: measures the queue as the line grows. */
@Command(
    name = "queue",
    description = "Shows whether ranks and admissions get slower as the line gets longer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueCommand implements Callable<Integer> {

  private static final int FEWEST = 2_000;
  private static final int MOST = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--waiting",
      paramLabel = "<n>",
      description = "Customers in the longest line. Default: ${DEFAULT-VALUE}.")
  private int waiting = 100_000;

  @Mixin private DatabaseOptions databases;

  @Override
  public Integer call() throws Exception {
    if (waiting < FEWEST || waiting > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--waiting must be from %d to %d.".formatted(FEWEST, MOST));
    }
    try (Progress progress = new Progress(spec.commandLine().getOut())) {
      return measure(progress);
    }
  }

  private Integer measure(Progress progress) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    SystemDescription oneProcess = Systems.inOneProcess();
    StackOptions options =
        databases.applyTo(StackOptions.forSystems(oneProcess).withProgress(progress));
    return StackSession.run(
        options,
        stack -> {
          TicketingSystem system =
              stack.start(
                  oneProcess, SystemOptions.NONE.withProperties(LineMeasurement.PROPERTIES));
          PublicApis operator =
              PublicApis.at(system::url, Connections.ofApis())
                  .as(SystemKeys.OPERATOR, stack.keys().operatorPassword());
          out.printf(
              "%n%s",
              new LineMeasurement(operator, system.database("queue"), progress).upTo(waiting));
          out.flush();
          return ExitCode.OK;
        });
  }
}

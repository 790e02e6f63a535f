package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ticketing.cli.Export.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing transactions show}. */
@Command(
    name = "show",
    description = {
      "Shows one transaction: its time line, what the engine believes, what the databases hold, where"
          + " they disagree, what happens next, and what can be done."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShowTransactionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1",
      paramLabel = "<id>",
      description = "Of its payment, its Xid, its idempotency key, or its reservation.")
  private String id;

  @Option(names = "--format", paramLabel = "table|json", description = "Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Mixin private TrackerOptions target;

  @Override
  public Integer call() {
    if (format == Format.CSV) {
      throw new ParameterException(
          spec.commandLine(), "A transaction is shown with --format table or json.");
    }
    Tracker tracker = target.tracker();
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(tracker.findJson(id));
    } else {
      out.print(TransactionText.of(tracker.find(id), Instant.now()));
    }
    out.flush();
    return ExitCode.OK;
  }
}

package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.ticketing.cli.Export.Format;
import org.ticketing.cli.Tracker.MergedLog;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing transactions log}. */
@Command(
    name = "log",
    description =
        "Exports the log: every state change and every phase of all transactions, or of one, the"
            + " oldest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TransactionLogCommand implements Callable<Integer> {

  private static final String SIZE = "1000";

  @Spec private CommandSpec spec;

  @Option(names = "--payment", paramLabel = "<id>", description = "Of this payment alone.")
  private UUID payment;

  @Option(names = "--xid", paramLabel = "<xid>", description = "Of this Xid alone.")
  private String xid;

  @Option(names = "--format", paramLabel = "json|csv", description = "Default: ${DEFAULT-VALUE}.")
  private Format format = Format.JSON;

  @Mixin private TrackerOptions target;

  @Override
  public Integer call() {
    if (format == Format.TABLE) {
      throw new ParameterException(
          spec.commandLine(), "The log is exported with --format json or csv.");
    }
    Tracker tracker = target.tracker();
    Map<String, String> parameters = new HashMap<>(Map.of("size", SIZE));
    put(parameters, "payment", payment);
    put(parameters, "xid", xid);
    Instant keptSince = null;
    long lost = 0;
    Set<String> notReached = new LinkedHashSet<>();
    try (Export<LogEntry> export =
        Export.begin(format, LogEntry.class, spec.commandLine().getOut())) {
      MergedLog page;
      do {
        page = tracker.log(parameters);
        page.entries().forEach(export::add);
        keptSince = page.keptSince() == null ? keptSince : page.keptSince();
        lost = page.lost();
        notReached.addAll(page.notReached());
        parameters.put("after", page.next());
      } while (page.next() != null && !page.entries().isEmpty());
    }
    warn(keptSince, lost, notReached);
    return notReached.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void warn(Instant keptSince, long lost, Set<String> notReached) {
    PrintWriter err = spec.commandLine().getErr();
    notReached.forEach(one -> err.printf("not reached: %s%n", one));
    if (keptSince != null) {
      err.printf("Entries before %s are not kept any more.%n", keptSince);
    }
    if (lost > 0) {
      err.printf("%d entries could not be written.%n", lost);
    }
    err.flush();
  }

  private static void put(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }
}

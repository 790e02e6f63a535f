package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ticketing.experiments.report.AuditTable;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditException;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing audit}: audits a system that runs elsewhere, in its databases. */
@Command(
    name = "audit",
    description = {
      "Reads the databases of a system that runs elsewhere, and says which promises they show to be"
          + " broken. It changes nothing.",
      "",
      "It waits until nothing is in doubt any more, at most as long as the longest timer of the"
          + " system's protocol, or 30 seconds if that is shorter. What is being paid meanwhile is"
          + " in doubt, too.",
      "",
      "Ends with 0 if it found nothing, with 1 if it found violations or something in doubt, and"
          + " with 2 if it could not read everything."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AuditCommand implements Callable<Integer> {

  /** What follows payments comes after them, also in a system without timers. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1",
      paramLabel = "<system>",
      description = "${COMPLETION-CANDIDATES}",
      completionCandidates = SystemNames.class,
      converter = SystemName.class)
  private SystemDescription system;

  @Mixin private DatabaseServerOptions servers;

  @Mixin private AuditOptions options;

  @Override
  public Integer call() throws InterruptedException {
    SystemDatabases databases = options.of(system, servers);
    Audit audit = new Audit(databases);
    PrintWriter out = spec.commandLine().getOut();
    AuditReport report;
    try (Progress progress = new Progress(out)) {
      progress.accept("auditing %s, once nothing is in doubt any more".formatted(system));
      report = afterSettling(audit);
    }
    out.printf("%n%s", AuditTable.of(databases, audit.counted(), report));
    out.flush();
    return report.isClean() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Nothing was found out if it fails, and so nothing was found. */
  private AuditReport afterSettling(Audit audit) throws InterruptedException {
    Duration timer = system.longestTimer();
    try {
      return audit.afterSettling(timer.compareTo(SHORTEST_WAIT) > 0 ? timer : SHORTEST_WAIT);
    } catch (AuditException unreadable) {
      throw new UnusableException(unreadable.getMessage());
    }
  }
}

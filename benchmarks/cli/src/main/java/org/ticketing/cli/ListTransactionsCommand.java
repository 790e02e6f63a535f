package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ticketing.cli.Export.Format;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.stack.run.UnusableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing transactions list}. */
@Command(
    name = "list",
    description = "Lists transactions, the latest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListTransactionsCommand implements Callable<Integer> {

  private static final int MOST = 1000;
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec;

  @Mixin private TransactionFilter filter;

  @Option(
      names = "--size",
      paramLabel = "<n>",
      description = "The most to list, or to ask for at a time. Default: ${DEFAULT-VALUE}.")
  private int size = 100;

  @Option(names = "--all", description = "Lists all of them, page after page.")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Option(names = "--watch", description = "Lists anew every second, until Ctrl-C.")
  private boolean watch;

  @Option(names = "--fail-if-any", description = "Ends with 1 if something is listed.")
  private boolean failIfAny;

  @Mixin private TrackerOptions target;

  @Override
  public Integer call() {
    require(size >= 1 && size <= MOST, "--size must be from 1 to 1000.");
    require(
        !watch || format == Format.TABLE && !all && !failIfAny,
        "--watch goes without --format, --all, and --fail-if-any.");
    filter.check();
    Tracker tracker = target.tracker();
    if (watch) {
      return watch(tracker);
    }
    int listed = format == Format.TABLE ? printTable(tracker) : export(tracker);
    return failIfAny && listed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private int printTable(Tracker tracker) {
    Listed listed = get(tracker);
    spec.commandLine().getOut().print(listed.table());
    spec.commandLine().getOut().flush();
    listed.warn(spec.commandLine().getErr());
    return listed.transactions().size();
  }

  private int export(Tracker tracker) {
    Listed listed = new Listed();
    try (Export<TransactionSummary> export =
        Export.begin(format, TransactionSummary.class, spec.commandLine().getOut())) {
      filter.forEachPage(
          tracker,
          size,
          all,
          page -> {
            listed.add(page);
            page.transactions().forEach(export::add);
          });
    }
    listed.warn(spec.commandLine().getErr());
    return listed.transactions().size();
  }

  private Listed get(Tracker tracker) {
    Listed listed = new Listed();
    filter.forEachPage(tracker, size, all, listed::add);
    return listed;
  }

  /** Goes on while the tracker does not answer, once it has: that may be what is watched. */
  private int watch(Tracker tracker) {
    String screen = screen(tracker);
    try {
      while (true) {
        PrintWriter out = spec.commandLine().getOut();
        out.println((Ansi.AUTO.enabled() ? CLEAR_SCREEN : "") + screen);
        out.flush();
        TimeUnit.SECONDS.sleep(1);
        screen = screenOrFailure(tracker);
      }
    } catch (InterruptedException | CommandFailed end) {
      return ExitCode.OK;
    }
  }

  private String screenOrFailure(Tracker tracker) {
    try {
      return screen(tracker);
    } catch (UnusableException noAnswer) {
      return noAnswer.getMessage();
    }
  }

  private String screen(Tracker tracker) {
    TransactionCounts counts = tracker.counts();
    Listed listed = get(tracker);
    StringBuilder screen = new StringBuilder();
    screen.append(
        "%s  %tT  %.1f payments/s, %d in flight, %d in doubt, %d stuck%n"
            .formatted(
                listed.protocol,
                System.currentTimeMillis(),
                counts.perSecond(),
                counts.inFlight(),
                counts.inDoubt(),
                counts.stuck()));
    if (!counts.byOutcome().isEmpty()) {
      screen.append("last five minutes: %s%n".formatted(counts.byOutcome()));
    }
    screen.append(listed.table());
    listed.notReached.forEach(one -> screen.append("not reached: %s%n".formatted(one)));
    return screen.toString();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  /** What was listed so far. */
  private static final class Listed {

    private final List<TransactionSummary> transactions = new ArrayList<>();
    private final Set<String> notReached = new LinkedHashSet<>();
    private String protocol;
    private boolean isMore;

    void add(TransactionPage page) {
      protocol = page.protocol();
      transactions.addAll(page.transactions());
      notReached.addAll(page.notReached());
      isMore = page.next() != null;
    }

    List<TransactionSummary> transactions() {
      return transactions;
    }

    String table() {
      return transactions.isEmpty()
          ? "no transactions%n".formatted()
          : TransactionText.table(transactions, Instant.now());
    }

    void warn(PrintWriter err) {
      notReached.forEach(one -> err.printf("not reached: %s%n", one));
      if (isMore) {
        err.println("There are more: --all lists them.");
      }
      err.flush();
    }
  }
}

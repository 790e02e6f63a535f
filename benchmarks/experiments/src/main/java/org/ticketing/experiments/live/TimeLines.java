package org.ticketing.experiments.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.web.client.RestClientException;
import org.ticketing.experiments.live.View.Step;
import org.ticketing.experiments.live.View.TimeLine;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;

/** Asks the services of one system what they have written down of a payment. */
final class TimeLines {

  private static final double MICROS_IN_MILLI = 1000;

  /** A payment has far fewer entries, in any process. */
  private static final int MOST = 1000;

  private final TicketingSystem system;
  private final PublicApis operator;

  TimeLines(TicketingSystem system) {
    this.system = system;
    this.operator =
        PublicApis.at(system::url, Connections.ofApis())
            .as(SystemKeys.OPERATOR, system.keys().operatorPassword());
  }

  /**
   * The time line of one payment, as far as somebody tells of it.
   *
   * @param key its idempotency key
   * @param begin the time that the steps are told from
   */
  TimeLine of(String key, Instant begin) {
    List<String> missing = new ArrayList<>();
    TransactionSummary transaction = find(key, missing);
    if (transaction == null) {
      return new TimeLine(key, null, List.of(), reason(missing));
    }
    List<Step> steps = new ArrayList<>();
    for (ProcessDescription process : system.description().processes()) {
      if (process.takesPartInPayments()) {
        entries(process, transaction, missing).forEach(entry -> steps.add(step(entry, begin)));
      }
    }
    steps.sort(Comparator.comparingDouble(Step::at));
    return new TimeLine(key, transaction.payment(), List.copyOf(steps), reason(missing));
  }

  /** Null if nobody knows the payment. */
  private TransactionSummary find(String key, List<String> missing) {
    try {
      TransactionPage page =
          operator.transactions().list("all", null, null, null, null, key, null, null, null, 1);
      missing.addAll(page.notReached());
      return page.transactions().stream().findFirst().orElse(null);
    } catch (RestClientException noAnswer) {
      missing.add("payment");
      return null;
    }
  }

  private List<LogEntry> entries(
      ProcessDescription process, TransactionSummary transaction, List<String> missing) {
    UUID payment = transaction.payment();
    try {
      return operator
          .tracking(process.services().get(0))
          .log(payment, transaction.xid(), null, MOST)
          .entries();
    } catch (RestClientException noAnswer) {
      missing.add(process.name());
      return List.of();
    }
  }

  private static String reason(List<String> missing) {
    return missing.isEmpty() ? null : "no answer from " + String.join(", ", missing);
  }

  private static Step step(LogEntry entry, Instant begin) {
    return new Step(
        entry.participant() == null ? entry.service() : entry.participant(),
        entry.phase() == null ? change(entry) : entry.phase(),
        ChronoUnit.MICROS.between(begin, entry.at()) / MICROS_IN_MILLI,
        entry.micros() == null ? null : entry.micros() / MICROS_IN_MILLI,
        entry.failed(),
        entry.cause());
  }

  private static String change(LogEntry entry) {
    String to = name(entry.to());
    return entry.from() == null ? to : name(entry.from()) + " to " + to;
  }

  private static String name(TransactionState state) {
    return state == null ? "" : state.name().toLowerCase(Locale.ROOT);
  }
}

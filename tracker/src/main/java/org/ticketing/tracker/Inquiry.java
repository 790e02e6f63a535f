package org.ticketing.tracker;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.platform.tracking.TrackingApi.LogPage;
import org.ticketing.platform.tracking.TransactionKey;

/**
 * Asks everybody about one transaction: the payment service first, which knows both names of it,
 * then all participants at the same time. Who gives no answer is named, and the others are shown.
 */
@Component
class Inquiry {

  /** What a transaction can have in the log of a process is far less. */
  private static final int ENTRIES = 1000;

  private static final int PAGES = 5;

  private final AtOnce atOnce;
  private final Disagreements disagreements;

  Inquiry(AtOnce atOnce, TrackerSettings settings) {
    this.atOnce = atOnce;
    this.disagreements = new Disagreements(settings.patience(), Clock.systemUTC());
  }

  /**
   * @param id of the payment, or an Xid
   * @throws Refusal nobody knows anything of it, or the caller may not ask
   */
  TrackedTransaction about(String id, OperatorCalls calls) {
    List<String> notReached = new ArrayList<>();
    TransactionDetail detail = null;
    Refusal unknown = null;
    try {
      detail = calls.transactions().find(id);
    } catch (Refusal refusal) {
      if (!isUnknown(refusal)) {
        throw refusal;
      }
      unknown = refusal;
    } catch (ServiceUnavailable failure) {
      notReached.add("payment: " + failure.getMessage());
    }
    TransactionKey key = key(id, detail);
    List<Answer> answers = ask(key, calls);
    answers.stream()
        .filter(answer -> answer.failure != null)
        .map(answer -> answer.service + ": " + answer.failure)
        .filter(line -> !notReached.contains(line))
        .forEach(notReached::add);
    // Names of services that share a process lead to the same answers.
    List<LogEntry> log =
        answers.stream()
            .flatMap(answer -> answer.entries.stream())
            .distinct()
            .sorted(Comparator.comparing(LogEntry::at))
            .toList();
    List<Holding> holdings =
        answers.stream()
            .flatMap(answer -> answer.holdings.stream())
            .distinct()
            .sorted(Comparator.comparing(Holding::participant))
            .toList();
    if (unknown != null && log.isEmpty() && holdings.isEmpty() && notReached.isEmpty()) {
      throw unknown;
    }
    return new TrackedTransaction(
        id,
        detail,
        log,
        latest(answers.stream().map(answer -> answer.keptSince).toList()),
        answers.stream().mapToLong(answer -> answer.lost).sum(),
        holdings,
        disagreements.between(detail, unknown != null, holdings),
        notReached);
  }

  /** Whether it says that there is no such transaction, rather than that the caller may not ask. */
  private static boolean isUnknown(Refusal refusal) {
    return refusal.reason().name().startsWith("UNKNOWN_");
  }

  private static TransactionKey key(String id, TransactionDetail detail) {
    if (detail == null) {
      return asId(id);
    }
    TransactionSummary recorded = detail.transaction();
    TransactionKey ofEngine =
        detail.engine() == null ? new TransactionKey(null, null) : detail.engine().transaction();
    TransactionKey key =
        new TransactionKey(
            first(recorded == null ? null : recorded.payment(), ofEngine.payment()),
            first(recorded == null ? null : recorded.xid(), ofEngine.xid()));
    return key.payment() == null && key.xid() == null ? asId(id) : key;
  }

  private static <T> T first(T preferred, T other) {
    return preferred == null ? other : preferred;
  }

  private static TransactionKey asId(String id) {
    try {
      return new TransactionKey(UUID.fromString(id), null);
    } catch (IllegalArgumentException isXid) {
      return new TransactionKey(null, id);
    }
  }

  /** What one process has answered. */
  private record Answer(
      String service,
      List<LogEntry> entries,
      Instant keptSince,
      long lost,
      List<Holding> holdings,
      String failure) {}

  private List<Answer> ask(TransactionKey key, OperatorCalls calls) {
    List<CompletableFuture<Answer>> later = new ArrayList<>();
    for (Map.Entry<String, TrackingApi> participant : calls.participants().entrySet()) {
      later.add(atOnce.one(() -> answer(participant.getKey(), participant.getValue(), key)));
    }
    return later.stream().map(AtOnce::answer).toList();
  }

  /** What it holds is asked for first, because it matters most if the log takes too long. */
  private static Answer answer(String service, TrackingApi participant, TransactionKey key) {
    List<Holding> holdings = List.of();
    List<LogEntry> entries = new ArrayList<>();
    Instant keptSince = null;
    long lost = 0;
    try {
      holdings = participant.holdings(key.payment(), key.xid());
      String after = null;
      for (int page = 0; page == 0 || page < PAGES && after != null; page++) {
        LogPage log = participant.log(key.payment(), key.xid(), after, ENTRIES);
        entries.addAll(log.entries());
        keptSince = log.keptSince();
        lost = log.lost();
        after = log.entries().size() < ENTRIES ? null : log.next();
      }
      return new Answer(service, entries, keptSince, lost, holdings, null);
    } catch (ServiceUnavailable failure) {
      return new Answer(service, entries, keptSince, lost, holdings, failure.getMessage());
    }
  }

  private static Instant latest(Collection<Instant> times) {
    return times.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
  }

  /** A page of the log of all processes, of all transactions or of one. */
  MergedLog log(UUID payment, String xid, String after, int size, OperatorCalls calls) {
    LogCursor cursor = LogCursor.of(after);
    List<Map.Entry<String, TrackingApi>> participants =
        List.copyOf(calls.participants().entrySet());
    List<CompletableFuture<LogPage>> later =
        participants.stream()
            .map(
                each ->
                    atOnce.one(
                        () ->
                            each.getValue()
                                .log(payment, xid, cursor.positionOf(each.getKey()), size)))
            .toList();
    List<LogPage> pages = new ArrayList<>();
    List<String> notReached = new ArrayList<>();
    LogCursor next = cursor;
    boolean anythingFollows = false;
    for (int index = 0; index < participants.size(); index++) {
      String service = participants.get(index).getKey();
      try {
        LogPage page = AtOnce.answer(later.get(index));
        pages.add(page);
        if (page.next() != null) {
          next = next.with(service, page.next());
          anythingFollows = true;
        }
      } catch (ServiceUnavailable failure) {
        notReached.add(service + ": " + failure.getMessage());
      }
    }
    if (pages.isEmpty()) {
      throw new ServiceUnavailable("No process gave an answer: " + String.join(" ", notReached));
    }
    return new MergedLog(
        pages.stream()
            .flatMap(page -> page.entries().stream())
            .distinct()
            .sorted(Comparator.comparing(LogEntry::at))
            .toList(),
        anythingFollows ? next.toString() : null,
        latest(pages.stream().map(LogPage::keptSince).toList()),
        pages.stream().mapToLong(LogPage::lost).sum(),
        notReached);
  }
}

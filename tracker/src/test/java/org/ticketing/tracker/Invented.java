package org.ticketing.tracker;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;

/** Transactions that nobody has made. */
final class Invented {

  static final Instant BEGUN = Instant.parse("2025-11-26T10:00:00.000250Z");

  private Invented() {}

  static UUID id(int number) {
    return new UUID(0x1111_0000_4000L, 0x8000_0000_0000_0000L + number);
  }

  /** One that has completed a moment ago. */
  static TransactionSummary completed(int number) {
    Instant started = BEGUN.plusSeconds(number);
    return new TransactionSummary(
        id(number),
        "payment-1." + number,
        TransactionState.COMPLETED,
        id(100_000 + number % 50),
        id(200_000 + number),
        "key-" + number,
        120L,
        "completed",
        null,
        started,
        started.plusMillis(80),
        false);
  }

  static TransactionSummary failed(int number) {
    TransactionSummary like = completed(number);
    return new TransactionSummary(
        like.payment(),
        like.xid(),
        TransactionState.UNDONE,
        like.user(),
        like.reservation(),
        like.key(),
        like.amount(),
        "failed",
        "The point service gave no answer.",
        like.startedAt(),
        like.endedAt(),
        false);
  }

  /** One whose decision is known, and which cannot be told. */
  static TransactionSummary stuck(int number) {
    TransactionSummary like = completed(number);
    return new TransactionSummary(
        like.payment(),
        like.xid(),
        TransactionState.COMPLETING,
        like.user(),
        like.reservation(),
        like.key(),
        like.amount(),
        null,
        null,
        like.startedAt(),
        null,
        true);
  }

  static TransactionDetail detail(TransactionSummary transaction, Decision decision) {
    Map<Steering, Effect> possible = new EnumMap<>(Steering.class);
    boolean over = transaction.endedAt() != null;
    for (Steering steering : Steering.values()) {
      possible.put(
          steering,
          over
              ? Effect.refused("It is over.")
              : steering == Steering.UNDO && decision == Decision.COMPLETE
                  ? Effect.refused("It is decided to happen.")
                  : steering == Steering.RESUME
                      ? new Effect(List.of("it is not suspended"), false, null, true)
                      : new Effect(
                          List.of("commit the branch of point"),
                          decision == Decision.UNKNOWN,
                          null,
                          false));
    }
    return new TransactionDetail(
        transaction,
        "xa",
        "18s",
        decision,
        new EngineView(
            new TransactionKey(transaction.payment(), transaction.xid()),
            transaction.state(),
            decision,
            transaction.startedAt(),
            "payment-1",
            over ? 0 : 7,
            over ? null : "The point service gave no answer.",
            false,
            over
                ? List.of()
                : List.of(
                    new EngineView.Next(
                        "commit the branch of point again", BEGUN.plusSeconds(60)))),
        possible);
  }

  static Holding holding(String participant, Meaning meaning) {
    return new Holding(
        participant,
        meaning == Meaning.OPEN ? "prepared branch" : "row",
        meaning.name(),
        meaning,
        BEGUN,
        meaning == Meaning.OPEN ? List.of("a payment of the same wallet, for 3 s") : List.of());
  }

  static LogEntry phase(
      TransactionSummary transaction, String participant, String phase, long millis, long micros) {
    return new LogEntry(
        transaction.startedAt().plusMillis(millis),
        "payment",
        "payment-1",
        transaction.payment(),
        transaction.xid(),
        null,
        null,
        phase,
        participant,
        micros,
        null,
        false);
  }

  static LogEntry failedPhase(
      TransactionSummary transaction, String participant, String phase, long millis) {
    return new LogEntry(
        transaction.startedAt().plusMillis(millis),
        "payment",
        "payment-1",
        transaction.payment(),
        transaction.xid(),
        null,
        null,
        phase,
        participant,
        1_000_000L,
        "no answer",
        true);
  }

  static LogEntry change(
      TransactionSummary transaction,
      String service,
      TransactionState from,
      TransactionState to,
      long millis) {
    return new LogEntry(
        transaction.startedAt().plusMillis(millis),
        service,
        service + "-1",
        transaction.payment(),
        transaction.xid(),
        from,
        to,
        null,
        null,
        null,
        null,
        false);
  }
}

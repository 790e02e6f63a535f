package org.ticketing.platform.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.COMPLETING;
import static org.ticketing.platform.tracking.TransactionState.UNKNOWN;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.platform.tracking.EntriesJson.Origin;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

class LogRowTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000001Z");

  private final UUID payment = UUID.randomUUID();

  @Test
  void entriesOfOneTransactionAreOneRowAlsoIfTheyKnowItsPaymentOrItsXidAlone() {
    LoggedEntry begin = state(payment, null, null, WORKING, 0);
    LoggedEntry work = phase(payment, "xid", 1);
    LoggedEntry prepare = phase(null, "xid", 2);
    LoggedEntry other = phase(null, "another", 3);

    List<LogRow> rows = LogRow.of(List.of(begin, work, other, prepare));

    assertThat(rows)
        .containsExactly(
            new LogRow(new TransactionKey(payment, "xid"), List.of(begin, work, prepare)),
            new LogRow(new TransactionKey(null, "another"), List.of(other)));
    assertThat(rows.get(0).firstAt()).isEqualTo(AT);
    assertThat(rows.get(0).lastAt()).isEqualTo(AT.plusSeconds(2));
  }

  @Test
  void aRowTellsWhetherItHasTheBeginAndTheEnd() {
    LogRow begun = row(state(payment, null, null, WORKING, 0), phase(payment, null, 1));
    LogRow unknown = row(state(payment, null, WORKING, UNKNOWN, 2));
    LogRow ended = row(state(payment, null, WORKING, COMPLETED, 2));

    LogRow recovered = row(state(null, "xid", null, COMPLETING, 2));

    assertThat(recovered.isBegun()).isFalse();
    assertThat(begun.isBegun()).isTrue();
    assertThat(begun.isEnded()).isFalse();
    assertThat(unknown.isEnded()).isFalse();
    assertThat(ended.isBegun()).isFalse();
    assertThat(ended.isEnded()).isTrue();
  }

  @Test
  void entriesAreReadAsTheyWereWritten() {
    var failed =
        new LoggedEntry(
            AT, payment, null, null, null, "commit", "point", 1500L, "no\nanswer\0", true);
    var changed = state(payment, null, WORKING, COMPLETED, 1);
    var origin = new Origin("payment", "host-1", new TransactionKey(payment, "xid"));

    assertThat(EntriesJson.read(EntriesJson.of(List.of(failed, changed)), origin))
        .containsExactly(
            new LogEntry(
                AT,
                "payment",
                "host-1",
                payment,
                "xid",
                null,
                null,
                "commit",
                "point",
                1500L,
                "no answer ",
                true),
            new LogEntry(
                AT.plusSeconds(1),
                "payment",
                "host-1",
                payment,
                "xid",
                WORKING,
                COMPLETED,
                null,
                null,
                null,
                null,
                false));
  }

  @Test
  void aLongCauseIsCut() {
    var entry =
        new LoggedEntry(
            AT, payment, null, null, null, "commit", "point", 1L, "x".repeat(100_000), true);

    assertThat(EntriesJson.of(List.of(entry)).length()).isLessThan(1000);
  }

  private static LogRow row(LoggedEntry... entries) {
    return LogRow.of(List.of(entries)).get(0);
  }

  private static LoggedEntry state(
      UUID payment, String xid, TransactionState from, TransactionState to, long seconds) {
    return new LoggedEntry(
        AT.plusSeconds(seconds), payment, xid, from, to, null, null, null, null, false);
  }

  private static LoggedEntry phase(UUID payment, String xid, long seconds) {
    return new LoggedEntry(
        AT.plusSeconds(seconds), payment, xid, null, null, "work", "point", 10L, null, false);
  }
}

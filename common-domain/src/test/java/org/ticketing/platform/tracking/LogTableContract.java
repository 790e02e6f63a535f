package org.ticketing.platform.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.ticketing.platform.tracking.TransactionState.COMPLETED;
import static org.ticketing.platform.tracking.TransactionState.UNDONE;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.Ids;
import org.ticketing.platform.tracking.LogTable.Begun;
import org.ticketing.platform.tracking.LogTable.Page;
import org.ticketing.platform.tracking.LogTable.Position;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/** What the log keeps, on either kind of database. */
abstract class LogTableContract {

  private static final Duration RETENTION = Duration.ofDays(7);

  @Autowired private DataSource database;
  @Autowired private Ids ids;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  /** Other tests log, too. */
  private final String service = "test-" + UUID.randomUUID().toString().substring(0, 8);

  private final UUID payment = UUID.randomUUID();
  private final String xid = "xid-" + payment;

  private LogTable table(Instant now) {
    return new LogTable(
        database,
        ids::of,
        Clock.fixed(now, ZoneOffset.UTC),
        new LogSettings(service, "host-1", RETENTION));
  }

  @Test
  void theEntriesOfAPaymentAreFoundByItsIdAndByItsXid() throws SQLException {
    LogTable table = table(now);
    add(table, changed(payment, null, null, WORKING));
    add(table, phase(payment, xid, "work"), phase(UUID.randomUUID(), null, "other"));
    add(table, phase(null, xid, "commit"), changed(payment, null, WORKING, COMPLETED));

    List<LogEntry> found = table.read(new TransactionKey(payment, null), null, 100).entries();

    assertThat(found)
        .extracting(LogEntry::to, LogEntry::phase)
        .containsExactly(
            tuple(WORKING, null),
            tuple(null, "work"),
            tuple(null, "commit"),
            tuple(COMPLETED, null));
    assertThat(table.read(new TransactionKey(null, xid), null, 100).entries()).isEqualTo(found);
    assertThat(table.completed(new TransactionKey(null, xid)))
        .isEqualTo(new TransactionKey(payment, xid));
    assertThat(table.completed(new TransactionKey(payment, null)))
        .isEqualTo(new TransactionKey(payment, xid));
    assertThat(table.xidsOf(List.of(payment))).containsEntry(payment, xid);
    assertThat(table.paymentsOf(List.of(xid))).containsEntry(xid, payment);
  }

  @Test
  void anEntryThatWasWrittenTwiceIsReadOnce() throws SQLException {
    LogTable table = table(now);
    add(table, phase(payment, xid, "work"));
    add(table, phase(payment, xid, "work"));

    assertThat(table.read(new TransactionKey(payment, xid), null, 100).entries()).hasSize(1);
  }

  @Test
  void aReaderGetsAllEntriesPageByPageAndThenThoseThatFollow() throws SQLException {
    LogTable table = table(now);
    add(table, IntStream.range(0, 5).mapToObj(n -> phase(payment, xid, "a" + n)));
    add(table, IntStream.range(0, 2).mapToObj(n -> phase(payment, xid, "b" + n)));

    List<String> read = new ArrayList<>();
    Position position = null;
    for (Page page = table.read(null, null, 3);
        !page.entries().isEmpty();
        page = table.read(null, position, 3)) {
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(3);
      page.entries().forEach(entry -> read.add(entry.phase()));
      position = page.next();
    }
    assertThat(read).containsExactly("a0", "a1", "a2", "a3", "a4", "b0", "b1");

    add(table, phase(payment, xid, "c"));
    assertThat(table.read(null, position, 3).entries())
        .extracting(LogEntry::phase)
        .containsExactly("c");
    assertThat(table.read(null, position, 3).next()).isNotNull();
  }

  @Test
  void moreRowsThanFitAStatementAreWritten() throws SQLException {
    LogTable table = table(now);
    add(table, IntStream.range(0, 1200).mapToObj(n -> phase(UUID.randomUUID(), null, "work")));

    assertThat(table.read(null, null, 1000).entries()).hasSize(1000);
  }

  @Test
  void whatHasBegunAndNotEndedIsUnderWay() throws SQLException {
    LogTable table = table(now);
    UUID ended = UUID.randomUUID();
    UUID endedLater = UUID.randomUUID();
    add(
        table,
        changed(payment, null, null, WORKING),
        changed(ended, null, null, WORKING),
        changed(ended, null, WORKING, UNDONE),
        changed(endedLater, null, null, WORKING));
    add(table, changed(endedLater, null, WORKING, COMPLETED));

    assertThat(table.begunSince(now.minusSeconds(60), 10))
        .containsExactly(new Begun(payment, null, now, "because"));
    assertThat(table.begunSince(now.plusSeconds(1), 10)).isEmpty();
    assertThat(table.begun(payment)).isPresent();
    assertThat(table.begun(ended)).isEmpty();
    assertThat(table.begun(endedLater)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheRetentionIsRemovedAndTheReaderIsTold() throws SQLException {
    add(table(now), phase(payment, xid, "old"));
    Instant later = now.plus(RETENTION).plusSeconds(60);
    LogTable table = table(later);

    for (int portion = 0; portion < 10; portion++) {
      table.removeOld();
    }

    assertThat(table.read(new TransactionKey(payment, xid), null, 10).entries()).isEmpty();
    assertThat(table.keptSince()).isEqualTo(later.minus(RETENTION));
  }

  private static void add(LogTable table, LoggedEntry... entries) throws SQLException {
    table.add(LogRow.of(List.of(entries)));
  }

  private static void add(LogTable table, Stream<LoggedEntry> entries) throws SQLException {
    table.add(LogRow.of(entries.toList()));
  }

  private LoggedEntry changed(
      UUID payment, String xid, TransactionState from, TransactionState to) {
    return new LoggedEntry(now, payment, xid, from, to, null, null, null, "because", false);
  }

  private LoggedEntry phase(UUID payment, String xid, String name) {
    return new LoggedEntry(now, payment, xid, null, null, name, "point", 10L, null, false);
  }
}

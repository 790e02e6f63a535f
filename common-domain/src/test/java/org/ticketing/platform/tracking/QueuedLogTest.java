package org.ticketing.platform.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuedLogTest {

  private static final int CAPACITY = 3;

  private final LogTable table = mock();
  private final List<LoggedEntry> written = new CopyOnWriteArrayList<>();
  private final QueuedLog log = new QueuedLog(table, CAPACITY);
  private final UUID payment = UUID.randomUUID();

  @BeforeEach
  void theDatabaseIsThere() throws SQLException {
    doAnswer(
            call -> {
              call.<List<LogRow>>getArgument(0).forEach(row -> written.addAll(row.entries()));
              return null;
            })
        .when(table)
        .add(anyList());
  }

  @AfterEach
  void stop() {
    log.stop();
  }

  @Test
  void whatHappensIsWrittenByItself() {
    log.start();

    phase("prepare");

    await().untilAsserted(() -> assertThat(phases()).containsExactly("prepare"));
  }

  @Test
  void whatIsLeftIsWrittenWhenTheProcessStops() {
    log.start();
    phase("prepare");
    phase("commit");

    log.stop();

    assertThat(phases()).containsExactly("prepare", "commit");
    assertThat(log.isRunning()).isFalse();
  }

  @Test
  void whatIsPartOfNoTransactionIsNotWritten() throws SQLException {
    log.phase(null, null, "recover", "point", Instant.EPOCH, Duration.ZERO, null);

    log.flush();

    verify(table, never()).add(anyList());
  }

  @Test
  void whileTheDatabaseIsAwayEntriesAreKeptUntilTheQueueIsFullAndThenTheOldestAreLost()
      throws SQLException {
    doThrow(new SQLException("no connection", "08006")).when(table).add(anyList());
    phase("first");
    log.flush();
    List.of("second", "third", "fourth", "fifth").forEach(this::phase);
    log.flush();
    assertThat(log.lost()).isEqualTo(1);

    theDatabaseIsThere();
    log.flush();

    assertThat(phases()).containsExactly("first", "third", "fourth", "fifth");
    assertThat(log.lost()).isEqualTo(1);
  }

  @Test
  void whatCannotBeStoredIsCountedAndDoesNotKeepTheRestFromBeingWritten() throws SQLException {
    doThrow(new SQLException("too long", "22001")).when(table).add(anyList());
    phase("first");
    log.flush();

    theDatabaseIsThere();
    phase("second");
    log.flush();

    assertThat(log.lost()).isEqualTo(1);
    assertThat(phases()).containsExactly("second");
  }

  @Test
  void aFailedPhaseTellsItsFailure() {
    log.phase(
        payment,
        "xid",
        "commit",
        "point",
        Instant.EPOCH,
        Duration.ofNanos(1_234_567),
        new IllegalStateException("no answer"));

    log.flush();

    assertThat(written)
        .containsExactly(
            new LoggedEntry(
                Instant.EPOCH,
                payment,
                "xid",
                null,
                null,
                "commit",
                "point",
                1234L,
                "java.lang.IllegalStateException: no answer",
                true));
  }

  private void phase(String name) {
    log.phase(payment, null, name, "point", Instant.EPOCH, Duration.ofMillis(1), null);
  }

  private List<String> phases() {
    return written.stream().map(LoggedEntry::phase).toList();
  }
}

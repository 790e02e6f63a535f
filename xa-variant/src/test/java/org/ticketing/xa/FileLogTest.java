package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atomikos.recovery.LogWriteException;
import com.atomikos.recovery.PendingTransactionRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator's log on a disk that fills up or fails, and as a restart reads it. */
class FileLogTest {

  private static final String NAME = "decisions";

  @TempDir private Path directory;
  private final AtomicInteger exitStatus = new AtomicInteger();
  private boolean diskFails;
  private FileLog log;

  @BeforeEach
  void open() throws IOException {
    log =
        new FileLog(
            new DecisionFile(directory, NAME, exitStatus::set) {
              @Override
              void force(RandomAccessFile written) throws IOException {
                if (diskFails) {
                  throw new IOException("for a test");
                }
                super.force(written);
              }
            });
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void decisionIsReadByARestartUntilItsEnd() throws Exception {
    decide("first");
    decide("second");
    log.forget("first");

    restart();
    assertThat(decided("first")).isFalse();
    assertThat(decided("second")).isTrue();

    log.forget("second");
    restart();
    assertThat(decided("second")).isFalse();
  }

  @Test
  void recoveryLeavesADecisionToItsTransactionUntilItExpires() throws Exception {
    PendingTransactionRecord decision = decide("first");

    assertThat(log.getExpiredPendingCommittingTransactionRecordsAt(decision.expires)).isEmpty();
    assertThat(log.getExpiredPendingCommittingTransactionRecordsAt(decision.expires + 1))
        .extracting(expired -> expired.id)
        .containsExactly("first");
  }

  @Test
  void decisionThatWasWrittenInPartDoesNotCount() throws Exception {
    decide("first");
    crashWriting(decision("second").toRecord().substring(0, 30));

    restart();
    decide("third");
    restart();

    assertThat(decided("first")).isTrue();
    assertThat(decided("second")).isFalse();
    assertThat(decided("third")).isTrue();
  }

  @Test
  void whatACrashOfTheMachineLeftDoesNotHideDecisions() throws Exception {
    crashWriting("\0\0\0\n" + decision("first").toRecord() + "\0\0");

    restart();

    assertThat(decided("first")).isTrue();
  }

  @Test
  void decisionThatTheDiskHasNoRoomForIsTakenBack() throws Exception {
    decide("first");
    try (var disk = FullDisk.with(30, directory)) {
      assertThatThrownBy(() -> decide("second")).isInstanceOf(LogWriteException.class);
    }
    assertThat(decided("second")).isFalse();

    decide("third");
    restart();

    assertThat(decided("first")).isTrue();
    assertThat(decided("second")).isFalse();
    assertThat(decided("third")).isTrue();
  }

  @Test
  void decisionIsToldOnceMoreWhenTheDiskHasNoRoomForItsEnd() throws Exception {
    decide("first");
    try (var disk = FullDisk.with(0, directory)) {
      log.forget("first");
    }
    assertThat(decided("first")).isFalse();

    restart();

    assertThat(decided("first")).isTrue();
  }

  @Test
  void processEndsWhenItIsNotKnownWhetherADecisionIsOnTheDisk() throws Exception {
    decide("first");
    diskFails = true;

    assertThatThrownBy(() -> decide("second")).isInstanceOf(Error.class);

    assertThat(exitStatus).hasValue(DecisionFile.INPUT_OUTPUT_ERROR);
    assertThat(decided("second")).isFalse();
  }

  @Test
  void restartForcesWhatItReadsBeforeItActsOnIt() throws Exception {
    decide("first");
    log.close();
    diskFails = true;

    assertThatThrownBy(this::open).isInstanceOf(IOException.class);

    diskFails = false;
    open();
    assertThat(decided("first")).isTrue();
  }

  @Test
  void restartWaitsForRoomOnTheDisk() throws Exception {
    decide("first");
    log.close();

    try (var disk = FullDisk.with(-1, directory)) {
      assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    open();
    assertThat(decided("first")).isTrue();
  }

  @Test
  void logStaysShort() throws Exception {
    decide("first");
    writeAtLeast(3 * FileLog.LONG);

    assertThat(size()).isLessThan(2 * FileLog.LONG);
    restart();
    assertThat(decided("first")).isTrue();
  }

  @Test
  void logThatCannotBeShortenedRemainsInUse() throws Exception {
    decide("first");
    Path inTheWay = Files.createDirectory(directory.resolve(NAME + ".log.next"));
    writeAtLeast(3 * FileLog.LONG);
    decide("second");

    Files.delete(inTheWay);
    restart();

    assertThat(decided("first")).isTrue();
    assertThat(decided("second")).isTrue();
    assertThat(size()).isLessThan(FileLog.LONG);
  }

  @Test
  void logIsUsedByOneProcessAlone() {
    assertThatThrownBy(() -> new DecisionFile(directory, NAME, exitStatus::set))
        .isInstanceOf(OverlappingFileLockException.class);
  }

  private PendingTransactionRecord decide(String transaction) throws LogWriteException {
    PendingTransactionRecord decision = decision(transaction);
    log.write(decision);
    return decision;
  }

  private void writeAtLeast(long bytes) throws LogWriteException {
    String other = "x".repeat(10_000);
    for (long written = 0; written < bytes; written += 2L * other.length()) {
      decide(other);
      log.forget(other);
    }
  }

  private long size() throws IOException {
    return Files.size(directory.resolve(NAME + ".log"));
  }

  private boolean decided(String transaction) {
    return log.get(transaction) != null;
  }

  private void restart() throws IOException {
    log.close();
    open();
  }

  private void crashWriting(String rest) throws IOException {
    Files.writeString(directory.resolve(NAME + ".log"), rest, APPEND);
  }

  private static PendingTransactionRecord decision(String transaction) {
    return new PendingTransactionRecord(
        transaction, COMMITTING, System.currentTimeMillis() + 5000, "coordinator/");
  }
}

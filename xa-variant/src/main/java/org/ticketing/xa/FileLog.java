package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;
import static com.atomikos.recovery.TxState.TERMINATED;

import com.atomikos.recovery.LogWriteException;
import com.atomikos.recovery.OltpLog;
import com.atomikos.recovery.PendingTransactionRecord;
import com.atomikos.recovery.RecoveryLog;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions to commit that have not reached every participant yet: a file with a line for each
 * decision and one for its end. A decision is forced to the disk before any participant is told.
 * Its end is not: a restart that does not read the end tells the decision once more (presumed
 * abort: Mohan, Lindsay and Obermarck, Transaction Management in the R* Distributed Database
 * Management System, 1986).
 *
 * <p>When the disk fails, what is told follows from what a restart would read:
 *
 * <ul>
 *   <li>A decision that could not be written whole is taken back, and its transaction is rolled
 *       back.
 *   <li>A decision that was written and could not be forced may be on the disk or not. Forcing it
 *       again proves nothing: the operating system drops what it could not write and reports that
 *       once (https://wiki.postgresql.org/wiki/Fsync_Errors). So nothing is told and the process
 *       ends, as PostgreSQL does. A restart copies what it reads to a new file, and acts on it once
 *       that is forced.
 * </ul>
 *
 * <p>This log replaces that of Atomikos 6.0.0, which lets phase two begin in both cases: {@code
 * CachedRepository.put} answers any failure with a checkpoint that lacks the decision, and {@code
 * FileSystemRepository.writeToFile} takes a line that was written in part for written.
 */
class FileLog implements OltpLog, RecoveryLog {

  /** In bytes; about six thousand transactions. */
  static final long LONG = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(FileLog.class);

  private final DecisionFile file;
  private final Map<String, PendingTransactionRecord> committing = new ConcurrentHashMap<>();
  private long tooLong;

  /**
   * @param file is closed with the log
   * @throws IOException the file cannot be read, or there is no room for a copy of what is in it
   */
  FileLog(DecisionFile file) throws IOException {
    this.file = file;
    try {
      file.read().forEach(this::read);
      rewrite();
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /** A crash of the machine may have left anything behind the last decision that was forced. */
  private void read(String line) {
    try {
      PendingTransactionRecord transaction = PendingTransactionRecord.fromRecord(line);
      if (transaction.state == COMMITTING) {
        committing.put(transaction.id, transaction);
      } else {
        committing.remove(transaction.id);
      }
    } catch (IllegalArgumentException unreadable) {
      log.warn("The log has a line that cannot be read: {}", line);
    }
  }

  /** Leaves out the decisions that have ended. */
  private void rewrite() throws IOException {
    file.rewrite(committing.values().stream().map(PendingTransactionRecord::toRecord).toList());
    tooLong = Math.max(LONG, 2 * file.length());
  }

  /** Atomikos reports every change of a transaction that its own log would keep. */
  @Override
  public void write(PendingTransactionRecord transaction) throws LogWriteException {
    if (transaction.state == COMMITTING) {
      decide(transaction);
    } else if (transaction.state == TERMINATED) {
      forget(transaction.id);
    }
  }

  /**
   * @throws LogWriteException the decision is not taken, and a restart will not read it
   */
  private synchronized void decide(PendingTransactionRecord transaction) throws LogWriteException {
    if (file.length() > tooLong) {
      shorten();
    }
    try {
      file.append(transaction.toRecord());
    } catch (IOException noRoom) {
      throw new LogWriteException(noRoom);
    }
    try {
      file.force();
      committing.put(transaction.id, transaction);
    } catch (Throwable mayBeOnTheDisk) {
      throw file.stop(mayBeOnTheDisk);
    }
  }

  private void shorten() {
    try {
      rewrite();
    } catch (IOException noRoom) {
      tooLong = 2 * file.length();
      log.warn("The log cannot be shortened now: {}", noRoom.toString());
    }
  }

  @Override
  public synchronized void forget(String transaction) {
    PendingTransactionRecord decided = committing.remove(transaction);
    if (decided != null) {
      try {
        file.append(decided.markAsTerminated().toRecord());
      } catch (IOException noRoom) {
        log.debug("The end of {} is not in the log", transaction, noRoom);
      }
    }
  }

  @Override
  public PendingTransactionRecord get(String transaction) {
    return committing.get(transaction);
  }

  @Override
  public Collection<PendingTransactionRecord> getPendingTransactionRecords() {
    return List.copyOf(committing.values());
  }

  /** Until a decision expires, its transaction itself tells the participants. */
  @Override
  public Collection<PendingTransactionRecord> getExpiredPendingCommittingTransactionRecordsAt(
      long time) {
    return committing.values().stream().filter(decided -> decided.expires < time).toList();
  }

  @Override
  public void forgetTransactionRecords(Collection<PendingTransactionRecord> transactions) {
    transactions.forEach(transaction -> forget(transaction.id));
  }

  /** Returns none: only a coordinator with a coordinator above it is ever in doubt. */
  @Override
  public Collection<PendingTransactionRecord> getIndoubtTransactionRecords() {
    return List.of();
  }

  /** Is called for transactions in doubt alone. */
  @Override
  public void recordAsCommitting(String transaction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public void closing() {
    // No other process waits to take the log over.
  }

  /** Closes the file. The decisions can be asked for until the process ends. */
  @Override
  public synchronized void close() {
    file.close();
  }

  @Override
  public void closed() {
    // There is nothing to do after close().
  }
}

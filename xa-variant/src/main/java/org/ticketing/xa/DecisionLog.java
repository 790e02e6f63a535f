package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;
import static com.atomikos.recovery.TxState.TERMINATED;

import com.atomikos.recovery.LogReadException;
import com.atomikos.recovery.LogWriteException;
import com.atomikos.recovery.OltpLog;
import com.atomikos.recovery.PendingTransactionRecord;
import com.atomikos.recovery.RecoveryLog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.platform.Phases;

/**
 * The decisions to commit that have not reached every participant yet, in the coordinator's own
 * database: Atomikos logs a decision when all participants are prepared, and this commits the
 * {@link LastResource} with it. The end of a transaction is not forced: a restart that still finds
 * the decision tells it once more (presumed abort: Mohan, Lindsay and Obermarck, Transaction
 * Management in the R* Distributed Database Management System, 1986).
 */
class DecisionLog implements OltpLog, RecoveryLog {

  private static final Logger log = LoggerFactory.getLogger(DecisionLog.class);

  private final LastResources resources;
  private final DecisionTable decisions;
  private final Phases phases;
  private final Consumer<String> committed;
  private final Set<String> decided = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param committed hears of each transaction that Atomikos has committed at all participants
   *     without recovery
   */
  DecisionLog(
      LastResources resources, DecisionTable decisions, Phases phases, Consumer<String> committed) {
    this.resources = resources;
    this.decisions = decisions;
    this.phases = phases;
    this.committed = committed;
  }

  /**
   * Atomikos reports every change of a transaction that its own log would keep.
   *
   * @throws LogWriteException the decision is not taken, or may be ({@link DecisionInDoubt})
   */
  @Override
  public void write(PendingTransactionRecord transaction) throws LogWriteException {
    if (transaction.state == COMMITTING) {
      decide(transaction.id);
      decided.add(transaction.id);
    } else if (transaction.state == TERMINATED) {
      if (decided.contains(transaction.id)) {
        committed.accept(transaction.id);
      }
      forget(transaction.id);
    }
  }

  /**
   * Reports a decision that could not be observed as one that may be taken. Atomikos would take any
   * other exception for one that is not, and the branches would be rolled back.
   */
  private void decide(String transaction) throws LogWriteException {
    try {
      phases.call(
          "decide",
          CoordinatorConfiguration.PAYMENT,
          () -> {
            resources.decide(transaction);
            return null;
          });
    } catch (RuntimeException | Error failure) {
      throw new DecisionInDoubt(failure);
    }
  }

  /** Has the decision removed by the next scan. */
  @Override
  public void forget(String transaction) {
    decided.remove(transaction);
    told.add(transaction);
  }

  @Override
  public void forgetTransactionRecords(Collection<PendingTransactionRecord> transactions) {
    transactions.forEach(transaction -> forget(transaction.id));
  }

  /**
   * Until a decision expires, its transaction itself tells the participants. While the database is
   * away this returns none, because Atomikos would log a stack trace at every scan; nothing is
   * rolled back then either, since {@link #get} fails.
   */
  @Override
  public Collection<PendingTransactionRecord> getExpiredPendingCommittingTransactionRecordsAt(
      long time) {
    Set<String> removed = new HashSet<>(told);
    try {
      Collection<PendingTransactionRecord> expired =
          decisions.expiredAt(Instant.ofEpochMilli(time), removed);
      told.removeAll(removed);
      return expired;
    } catch (SQLException unreadable) {
      log.warn("The decisions cannot be read and will be later: {}", unreadable.toString());
      return List.of();
    }
  }

  /** Returns null if the transaction is not committed, and makes sure that it never will be. */
  @Override
  public PendingTransactionRecord get(String transaction) throws LogReadException {
    try {
      return decisions.isCommitted(transaction) ? committing(transaction) : null;
    } catch (SQLException unreadable) {
      throw new LogReadException(unreadable);
    }
  }

  private static PendingTransactionRecord committing(String transaction) {
    return new PendingTransactionRecord(transaction, COMMITTING, 0, "");
  }

  /** Returns none: only a coordinator with a coordinator above it is ever in doubt. */
  @Override
  public Collection<PendingTransactionRecord> getIndoubtTransactionRecords() {
    return List.of();
  }

  /** Is not called by Atomikos. */
  @Override
  public Collection<PendingTransactionRecord> getPendingTransactionRecords() {
    throw new UnsupportedOperationException();
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
    // Another process takes the log over with the claim.
  }

  @Override
  public void close() {
    // There is nothing to close. What was told and not removed is told once more.
  }

  @Override
  public void closed() {
    // There is nothing to do after close().
  }
}

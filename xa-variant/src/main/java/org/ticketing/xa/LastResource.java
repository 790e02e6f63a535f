package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.XA_OK;

import com.atomikos.recovery.LogWriteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's own database in one global transaction: a local transaction, which is never
 * prepared. It is the last to vote: when all others are prepared, its commit is the decision, which
 * is a row in it. One thread at a time has its turn: works in it or handles a message of the
 * coordinator.
 */
class LastResource {

  private static final Logger log = LoggerFactory.getLogger(LastResource.class);

  private enum State {
    ACTIVE,
    COMMITTED,
    ROLLED_BACK,
    /** The database was told to commit and has not answered. */
    IN_DOUBT
  }

  private final String transaction;
  private final XaDatabase database;
  private final DecisionTable decisions;
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile State state = State.ACTIVE;
  private boolean rollbackOnly;
  private boolean isRecorded;

  private LastResource(
      String transaction, XaDatabase database, DecisionTable decisions, Connection connection) {
    this.transaction = transaction;
    this.database = database;
    this.decisions = decisions;
    this.connection = connection;
  }

  static LastResource begin(String transaction, XaDatabase database, DecisionTable decisions)
      throws SQLException {
    Connection connection = database.connect();
    try {
      connection.setAutoCommit(false);
    } catch (SQLException | RuntimeException failure) {
      database.discard(connection);
      throw failure;
    }
    return new LastResource(transaction, database, decisions, connection);
  }

  /**
   * Opens the connection for one piece of work. Until it is closed, other threads wait for their
   * turn.
   *
   * @throws SQLException the transaction has ended
   */
  Connection openConnection() throws SQLException {
    turn.lock();
    if (state != State.ACTIVE) {
      turn.unlock();
      throw hasEnded();
    }
    return BranchConnection.open(connection, () -> rollbackOnly = true, turn::unlock);
  }

  /**
   * Records the decision to commit, which is none before {@link #decide()}. Nothing is forced. The
   * other participants prepare meanwhile.
   */
  int prepare() {
    turn.lock();
    try {
      if (state != State.ACTIVE) {
        return XAER_NOTA;
      }
      if (rollbackOnly) {
        rollBack();
        return XA_RBROLLBACK;
      }
      record();
      return XA_OK;
    } catch (SQLException | RuntimeException failure) {
      log.warn("Transaction {} cannot be committed: {}", transaction, failure.toString());
      rollBack();
      return XA_RBROLLBACK;
    } finally {
      turn.unlock();
    }
  }

  private SQLException hasEnded() {
    return new SQLException("transaction " + transaction + " has ended");
  }

  /**
   * Commits: what this database holds then is the decision. Called again, this answers the same.
   *
   * @throws LogWriteException the decision is not taken, and the transaction is rolled back
   * @throws DecisionInDoubt the decision may be taken
   */
  void decide() throws LogWriteException {
    turn.lock();
    try {
      if (state == State.IN_DOUBT) {
        throw new DecisionInDoubt(hasEnded());
      }
      if (state != State.COMMITTED) {
        recordOrRollBack();
        commitOrLeaveInDoubt();
      }
    } finally {
      turn.unlock();
    }
  }

  private void recordOrRollBack() throws LogWriteException {
    if (state == State.ACTIVE && rollbackOnly) {
      rollBack();
    }
    if (state != State.ACTIVE) {
      throw new LogWriteException(hasEnded());
    }
    try {
      record();
    } catch (SQLException | RuntimeException failure) {
      rollBack();
      throw new LogWriteException(failure);
    }
  }

  private void record() throws SQLException {
    if (!isRecorded) {
      decisions.record(transaction, connection);
      isRecorded = true;
    }
  }

  /** Any failure leaves it open whether the database has committed, or will. */
  private void commitOrLeaveInDoubt() throws DecisionInDoubt {
    state = State.IN_DOUBT;
    try {
      commit();
    } catch (Throwable noAnswer) {
      database.discard(connection);
      throw new DecisionInDoubt(noAnswer);
    }
    release();
  }

  private void commit() throws SQLException {
    connection.commit();
    state = State.COMMITTED;
  }

  /** Whether its end is still open. */
  boolean isOpen() {
    return state == State.ACTIVE || state == State.IN_DOUBT;
  }

  /** Answers the message that follows the decision. */
  int committed() {
    turn.lock();
    try {
      return state == State.COMMITTED ? XA_OK : XAER_PROTO;
    } finally {
      turn.unlock();
    }
  }

  /** Rolls back what is not decided; XAER_RMFAIL if the decision is taken or may be. */
  int rollback() {
    turn.lock();
    try {
      if (state == State.ACTIVE) {
        rollBack();
      }
      return state == State.ROLLED_BACK ? XA_OK : XAER_RMFAIL;
    } finally {
      turn.unlock();
    }
  }

  /**
   * Rolls back what is not decided, unless a thread has its turn for longer: works in it, or
   * commits it.
   */
  void giveUp(Duration patience) {
    try {
      if (turn.tryLock(patience.toMillis(), MILLISECONDS)) {
        try {
          if (state == State.ACTIVE) {
            rollBack();
          }
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** A transaction that is not committed ends with its connection at the latest. */
  private void rollBack() {
    state = State.ROLLED_BACK;
    try {
      connection.rollback();
      release();
    } catch (SQLException | RuntimeException failure) {
      database.discard(connection);
    }
  }

  private void release() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException failure) {
      database.discard(connection);
    }
  }
}

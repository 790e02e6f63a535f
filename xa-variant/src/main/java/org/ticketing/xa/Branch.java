package org.ticketing.xa;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static javax.transaction.xa.XAException.XAER_ASYNC;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMERR;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.XA_OK;
import static javax.transaction.xa.XAResource.XA_RDONLY;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch of this process's database. It keeps a connection of the pool until it ends, or until it
 * has been prepared for a while. One thread at a time has its turn: works in the branch or handles
 * a message of the coordinator. The messages are answered with return codes of X/Open XA;
 * XAER_ASYNC says that the turn did not come in time.
 */
class Branch {

  private static final Logger log = LoggerFactory.getLogger(Branch.class);

  private enum State {
    ACTIVE,
    PREPARED,
    /** Prepared, and without a connection of this process. */
    IN_DOUBT,
    /** Committed or rolled back. */
    ENDED
  }

  private final BranchXid xid;
  private final XaDatabase database;
  private final ParticipantSettings settings;
  private final Connection connection;
  private final XAResource xa;
  private final long session;
  private final Instant begun = Instant.now();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile State state = State.ACTIVE;
  private boolean rollbackOnly;
  private volatile boolean toldToRollBack;
  private long lastUsed = System.nanoTime();

  private Branch(
      BranchXid xid, XaDatabase database, ParticipantSettings settings, Connection connection)
      throws SQLException {
    this.xid = xid;
    this.database = database;
    this.settings = settings;
    this.connection = connection;
    this.xa = database.xa(connection);
    this.session = database.session(connection);
  }

  static Branch start(BranchXid xid, XaDatabase database, ParticipantSettings settings)
      throws SQLException, XAException {
    Connection connection = database.connect();
    try {
      Branch branch = new Branch(xid, database, settings, connection);
      branch.xa.start(xid, TMNOFLAGS);
      return branch;
    } catch (SQLException | XAException | RuntimeException failure) {
      database.discard(connection);
      throw failure;
    }
  }

  /**
   * Opens the branch's connection for one local transaction. Until it is closed, other threads wait
   * for their turn.
   *
   * @throws SQLException the branch has ended, or others work in it
   */
  Connection openConnection() throws SQLException {
    if (!takeTurn()) {
      throw new SQLException("branch " + xid + " is busy");
    }
    if (state != State.ACTIVE) {
      endTurn();
      throw new SQLException("branch " + xid + " has ended");
    }
    return BranchConnection.open(connection, () -> rollbackOnly = true, this::endUse);
  }

  private void endUse() {
    lastUsed = System.nanoTime();
    endTurn();
  }

  /** Waits for a limited time: a thread whose database has gone silent keeps its turn for long. */
  private boolean takeTurn() {
    try {
      return turn.tryLock(settings.turnTimeout().toMillis(), MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Rolls the branch back if the coordinator has said so while this thread had its turn. */
  private void endTurn() {
    turn.unlock();
    if (toldToRollBack && !turn.isHeldByCurrentThread() && turn.tryLock()) {
      try {
        rollBack();
      } finally {
        turn.unlock();
      }
    }
  }

  int prepare() {
    if (!takeTurn()) {
      return XAER_ASYNC;
    }
    try {
      if (state != State.ACTIVE) {
        return state == State.PREPARED ? XAER_PROTO : XAER_NOTA;
      }
      if (rollbackOnly || toldToRollBack) {
        rollBackActive();
        return XA_RBROLLBACK;
      }
      xa.end(xid, TMSUCCESS);
      int vote = xa.prepare(xid);
      if (vote == XA_RDONLY) {
        release(State.ENDED);
      } else {
        state = State.PREPARED;
        lastUsed = System.nanoTime();
      }
      return vote;
    } catch (XAException failure) {
      return failed("prepare", failure);
    } finally {
      endTurn();
    }
  }

  int commit(boolean onePhase) {
    if (!takeTurn()) {
      return XAER_ASYNC;
    }
    try {
      if (isGivenUp()) {
        return XAER_NOTA;
      }
      if (state != (onePhase ? State.ACTIVE : State.PREPARED)) {
        return XAER_PROTO;
      }
      if (rollbackOnly) {
        rollBackActive();
        return XA_RBROLLBACK;
      }
      if (onePhase) {
        xa.end(xid, TMSUCCESS);
      }
      xa.commit(xid, onePhase);
      release(State.ENDED);
      return XA_OK;
    } catch (XAException failure) {
      return failed("commit", failure);
    } finally {
      endTurn();
    }
  }

  int rollback() {
    markForRollback();
    if (!takeTurn()) {
      return XAER_ASYNC;
    }
    try {
      return rollBack();
    } finally {
      endTurn();
    }
  }

  /** Has whoever has the turn roll the branch back when it ends. */
  void markForRollback() {
    toldToRollBack = true;
  }

  private int rollBack() {
    if (isGivenUp()) {
      return XAER_NOTA;
    }
    try {
      if (state == State.ACTIVE) {
        rollBackActive();
      } else {
        xa.rollback(xid);
        release(State.ENDED);
      }
      return XA_OK;
    } catch (XAException failure) {
      return failed("rollback", failure);
    }
  }

  /** Whether work is done in it, or was done, and it is not prepared. */
  boolean isActive() {
    return state == State.ACTIVE;
  }

  /** What the database calls the session of its connection. */
  long session() {
    return session;
  }

  Instant begun() {
    return begun;
  }

  /** Whether this process has no connection for the branch any more. */
  boolean isGivenUp() {
    return state == State.ENDED || state == State.IN_DOUBT;
  }

  /** Whether this process has no connection for the branch any more, which is still prepared. */
  boolean isInDoubt() {
    return state == State.IN_DOUBT;
  }

  /**
   * Gives the branch up if it was not used for so long that its coordinator must be gone. A branch
   * that is not prepared ends with its connection. A prepared one stays prepared: it only gives its
   * connection back, or closes it, where the database ties the two together.
   */
  void abandonWhenIdle() {
    if (!turn.tryLock()) {
      return;
    }
    try {
      if (state == State.ACTIVE && isIdleFor(settings.idleTimeout())) {
        log.warn("Branch {} was left idle and is rolled back", xid);
        discard();
      } else if (state == State.PREPARED && isIdleFor(settings.keepPrepared())) {
        log.warn("Branch {} is in doubt", xid);
        giveConnectionBack();
      }
    } finally {
      endTurn();
    }
  }

  private boolean isIdleFor(Duration time) {
    return System.nanoTime() - lastUsed >= time.toNanos();
  }

  private void giveConnectionBack() {
    try {
      if (database.detachesPreparedBranches(connection)) {
        release(State.IN_DOUBT);
      } else {
        discard();
      }
    } catch (SQLException brokenConnection) {
      discard();
    }
  }

  private void rollBackActive() {
    try {
      endWork();
      xa.rollback(xid);
      release(State.ENDED);
    } catch (XAException failure) {
      // A branch that is not prepared ends with its connection.
      failed("rollback", failure);
    }
  }

  /** A database that has ended a branch because of a deadlock refuses this. */
  private void endWork() {
    try {
      xa.end(xid, TMSUCCESS);
    } catch (XAException refused) {
      log.debug("Branch {} was ended by its database", xid, refused);
    }
  }

  private int failed(String verb, XAException failure) {
    log.warn("{} of branch {} failed", verb, xid, failure);
    discard();
    return failure.errorCode == XA_OK ? XAER_RMERR : failure.errorCode;
  }

  private void discard() {
    state = state == State.PREPARED ? State.IN_DOUBT : State.ENDED;
    database.discard(connection);
  }

  private void release(State end) {
    state = end;
    try {
      connection.close();
    } catch (SQLException failure) {
      database.discard(connection);
    }
  }
}

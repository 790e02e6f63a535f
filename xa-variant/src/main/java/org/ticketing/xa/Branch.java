package org.ticketing.xa;

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
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch of this process's database. It keeps a connection of the pool until it ends. One thread
 * at a time has its turn: works in the branch or handles a message of the coordinator. The messages
 * are answered with return codes of X/Open XA.
 */
class Branch {

  private static final Logger log = LoggerFactory.getLogger(Branch.class);

  private enum State {
    ACTIVE,
    PREPARED,
    /** Committed or rolled back, or prepared and without a connection of this process. */
    ENDED
  }

  private final BranchXid xid;
  private final XaDatabase database;
  private final Connection connection;
  private final XAResource xa;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile State state = State.ACTIVE;
  private boolean rollbackOnly;
  private long lastUsed = System.nanoTime();

  private Branch(BranchXid xid, XaDatabase database, Connection connection) throws SQLException {
    this.xid = xid;
    this.database = database;
    this.connection = connection;
    this.xa = database.xa(connection);
  }

  static Branch start(BranchXid xid, XaDatabase database) throws SQLException, XAException {
    Connection connection = database.connect();
    try {
      Branch branch = new Branch(xid, database, connection);
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
   * @throws SQLException the branch has ended
   */
  Connection openConnection() throws SQLException {
    turn.lock();
    if (state != State.ACTIVE) {
      turn.unlock();
      throw new SQLException("branch " + xid + " has ended");
    }
    return BranchConnection.open(connection, () -> rollbackOnly = true, this::endTurn);
  }

  private void endTurn() {
    lastUsed = System.nanoTime();
    turn.unlock();
  }

  int prepare() {
    turn.lock();
    try {
      if (state != State.ACTIVE) {
        return state == State.PREPARED ? XAER_PROTO : XAER_NOTA;
      }
      if (rollbackOnly) {
        rollBackActive();
        return XA_RBROLLBACK;
      }
      xa.end(xid, TMSUCCESS);
      int vote = xa.prepare(xid);
      if (vote == XA_RDONLY) {
        release();
      } else {
        state = State.PREPARED;
        lastUsed = System.nanoTime();
      }
      return vote;
    } catch (XAException failure) {
      return failed("prepare", failure);
    } finally {
      turn.unlock();
    }
  }

  int commit(boolean onePhase) {
    turn.lock();
    try {
      if (state == State.ENDED) {
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
      release();
      return XA_OK;
    } catch (XAException failure) {
      return failed("commit", failure);
    } finally {
      turn.unlock();
    }
  }

  int rollback() {
    turn.lock();
    try {
      if (state == State.ENDED) {
        return XAER_NOTA;
      }
      if (state == State.ACTIVE) {
        rollBackActive();
      } else {
        xa.rollback(xid);
        release();
      }
      return XA_OK;
    } catch (XAException failure) {
      return failed("rollback", failure);
    } finally {
      turn.unlock();
    }
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  /**
   * Ends the branch if it was not used for so long that its coordinator must be gone. A branch that
   * is not prepared is rolled back. A prepared one is not: it only gives its connection back, if
   * the database allows that.
   */
  void abandonAfter(Duration idle) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      if (System.nanoTime() - lastUsed < idle.toNanos()) {
        return;
      }
      if (state == State.ACTIVE) {
        log.warn("Branch {} was left idle and is rolled back", xid);
        rollBackActive();
      } else if (state == State.PREPARED && database.detachesPreparedBranches(connection)) {
        log.warn("Branch {} is in doubt", xid);
        release();
      }
    } catch (SQLException brokenConnection) {
      discard();
    } finally {
      turn.unlock();
    }
  }

  private void rollBackActive() {
    try {
      endWork();
      xa.rollback(xid);
      release();
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
    state = State.ENDED;
    database.discard(connection);
  }

  private void release() {
    state = State.ENDED;
    try {
      connection.close();
    } catch (SQLException failure) {
      database.discard(connection);
    }
  }
}

package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMERR;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.XA_OK;
import static javax.transaction.xa.XAResource.XA_RDONLY;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch of this process's database, on a connection of the pool that it keeps until it ends. One
 * thread at a time works in it or ends it. The messages of the coordinator answer with return codes
 * of X/Open XA.
 */
class Branch {

  private static final Logger log = LoggerFactory.getLogger(Branch.class);

  private enum State {
    ACTIVE,
    PREPARED,
    /** Also when this process has merely let go of a prepared branch. */
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
   * The branch's connection, for one local transaction: what that commits becomes part of the
   * branch, and when it rolls back, so must the branch. Others wait for their turn until it is
   * closed.
   *
   * @throws SQLException the branch has ended
   */
  Connection openConnection() throws SQLException {
    turn.lock();
    if (state != State.ACTIVE) {
      turn.unlock();
      throw new SQLException("branch " + xid + " has ended");
    }
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Connection.class}, new Turn()::invoke);
  }

  /** Between opening the branch's connection and closing it. */
  private class Turn {

    private boolean over;

    Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "getAutoCommit" -> false;
        case "setAutoCommit", "setReadOnly", "setTransactionIsolation", "commit" -> null;
        case "rollback" -> arguments == null ? giveUp() : call(method, arguments);
        case "close" -> end();
        case "isClosed" -> over;
        default -> call(method, arguments);
      };
    }

    private Object giveUp() {
      rollbackOnly = true;
      return null;
    }

    private Object end() {
      if (!over) {
        over = true;
        lastUsed = System.nanoTime();
        turn.unlock();
      }
      return null;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      if (over) {
        throw new SQLException("this connection is closed");
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }
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
      if ((state == State.PREPARED) == onePhase) {
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
   * The branch has not been used for so long that its coordinator must be gone. Before it is
   * prepared it is rolled back. Then never: it only gives up its connection, if it can do without.
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
        log.warn("Branch {} was left alone and is rolled back", xid);
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
      endWhetherOrNotItCanGoOn();
      xa.rollback(xid);
      release();
    } catch (XAException failure) {
      // what was not prepared does not outlive its connection
      failed("rollback", failure);
    }
  }

  /** A branch the database has chosen as the victim of a deadlock refuses to end. */
  private void endWhetherOrNotItCanGoOn() {
    try {
      xa.end(xid, TMSUCCESS);
    } catch (XAException refused) {
      log.debug("Branch {} cannot go on", xid, refused);
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

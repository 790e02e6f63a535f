package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_NOTA;

import com.atomikos.recovery.LogWriteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** The coordinator's own database as participant: a {@link LastResource} for each transaction. */
class LastResources implements OwnDatabase {

  /** For a thread that works in its transaction. */
  private static final Duration PATIENCE = Duration.ofMillis(10);

  private final XaDatabase database;
  private final DecisionTable decisions;
  private final Map<String, LastResource> resources = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  LastResources(XaDatabase database, DecisionTable decisions) {
    this.database = database;
    this.decisions = decisions;
  }

  @Override
  public Connection open(Enlistment enlistment) throws SQLException {
    String transaction = enlistment.branch().transaction();
    if (enlistment.isFirst()) {
      resources.put(transaction, begin(transaction));
    }
    LastResource resource = resources.get(transaction);
    if (resource == null) {
      throw new SQLException("transaction " + transaction + " has ended");
    }
    return resource.openConnection();
  }

  private LastResource begin(String transaction) throws SQLException {
    if (isClosed) {
      throw stopping(transaction);
    }
    return LastResource.begin(transaction, database, decisions);
  }

  private static SQLException stopping(String transaction) {
    return new SQLException("transaction " + transaction + " comes too late: the process stops");
  }

  /** Whether the local transaction of a global one is there, and not committed. */
  boolean isOpen(String transaction) {
    LastResource resource = resources.get(transaction);
    return resource != null && resource.isOpen();
  }

  /**
   * Decides nothing more. Transactions that are not decided are rolled back, here and by whoever
   * asks about them. One that is being committed at this moment may be decided still.
   */
  void decideNoMore() {
    isClosed = true;
    resources.values().forEach(resource -> resource.giveUp(PATIENCE));
  }

  @Override
  public void leave(BranchXid branch) {
    LastResource resource = resources.remove(branch.transaction());
    if (resource != null) {
      resource.rollback();
    }
  }

  /**
   * Commits the local transaction, with the decision. A global transaction that has done no work in
   * this database gets a local one for its decision.
   *
   * @throws LogWriteException see {@link LastResource#decide()}
   */
  void decide(String transaction) throws LogWriteException {
    LastResource working = resources.get(transaction);
    if (working != null) {
      if (isClosed) {
        working.rollback();
      }
      working.decide();
      return;
    }
    try {
      begin(transaction).decide();
    } catch (SQLException noConnection) {
      throw new LogWriteException(noConnection);
    }
  }

  @Override
  public int prepare(BranchXid branch) {
    return pass(branch, LastResource::prepare);
  }

  @Override
  public int commit(BranchXid branch, boolean onePhase) {
    return pass(branch, LastResource::committed);
  }

  @Override
  public int rollback(BranchXid branch) {
    return pass(branch, LastResource::rollback);
  }

  private int pass(BranchXid branch, ToIntFunction<LastResource> message) {
    LastResource resource = resources.get(branch.transaction());
    return resource == null ? XAER_NOTA : message.applyAsInt(resource);
  }

  /** Returns none: what is not decided ends with its connection. */
  @Override
  public List<String> prepared() {
    return List.of();
  }
}

package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.XA_OK;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.BeforeMigrations;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The branches of this process's database. A participant keeps no log: its database remembers which
 * branches are prepared.
 */
@RestController
@BeforeMigrations
class Branches implements OwnDatabase {

  private static final Logger log = LoggerFactory.getLogger(Branches.class);

  private final XaDatabase database;
  private final ParticipantSettings settings;
  private final Map<BranchXid, Branch> branches = new ConcurrentHashMap<>();

  Branches(XaDatabase database, ParticipantSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Returns the branch in which to do the work of an enlistment, started or joined.
   *
   * @throws ServiceUnavailable the branch to join has ended, or there is no connection for a new
   *     branch
   */
  Branch of(Enlistment enlistment) {
    BranchXid xid = enlistment.branch();
    return enlistment.isFirst() ? start(xid) : join(xid);
  }

  @Override
  public Connection open(Enlistment enlistment) throws SQLException {
    return of(enlistment).openConnection();
  }

  /** The coordinator ends the branch, or the sweep does. */
  @Override
  public void leave(BranchXid branch) {}

  private Branch start(BranchXid xid) {
    try {
      Branch branch = Branch.start(xid, database);
      if (branches.putIfAbsent(xid, branch) != null) {
        branch.rollback();
        throw new ServiceUnavailable("Branch " + xid + " has started already.");
      }
      return branch;
    } catch (SQLException | XAException failure) {
      throw new ServiceUnavailable("Branch " + xid + " could not be started.", failure);
    }
  }

  private Branch join(BranchXid xid) {
    Branch branch = branches.get(xid);
    if (branch == null) {
      throw new ServiceUnavailable("Branch " + xid + " has ended.");
    }
    return branch;
  }

  @Override
  public int prepare(BranchXid xid) {
    return pass(xid, Branch::prepare);
  }

  @Override
  public int commit(BranchXid xid, boolean onePhase) {
    int code = pass(xid, branch -> branch.commit(onePhase));
    boolean mayBePrepared = !onePhase && code != XA_OK && code != XAER_PROTO;
    return mayBePrepared ? endPrepared(xid, xa -> xa.commit(xid, false)) : code;
  }

  @Override
  public int rollback(BranchXid xid) {
    int code = pass(xid, Branch::rollback);
    boolean mayBePrepared = code != XA_OK;
    return mayBePrepared ? endPrepared(xid, xa -> xa.rollback(xid)) : code;
  }

  private int pass(BranchXid xid, ToIntFunction<Branch> message) {
    Branch branch = branches.get(xid);
    if (branch == null) {
      return XAER_NOTA;
    }
    int code = message.applyAsInt(branch);
    forgetIfEnded(xid, branch);
    return code;
  }

  private void forgetIfEnded(BranchXid xid, Branch branch) {
    if (branch.hasEnded()) {
      branches.remove(xid, branch);
    }
  }

  /**
   * Ends a branch for which this process has no connection any more, because it was restarted or
   * because the connection broke. Drivers report failures after which the branch is still prepared
   * with various codes (pgjdbc issue 4438: XAER_RMERR; MariaDB: XAER_NOTA while another connection
   * holds the branch), and a coordinator would give the branch up. So this asks the database
   * whether it is still prepared. It handles one message at a time: of two for the same branch, the
   * second must not be told that the branch is gone while the first may still fail.
   */
  private synchronized int endPrepared(BranchXid xid, Ending ending) {
    try (Connection connection = database.connectOutsideOfThePool()) {
      XAResource xa = database.xa(connection);
      try {
        ending.of(xa);
        return XA_OK;
      } catch (XAException failure) {
        boolean stillPrepared = prepared(xa).anyMatch(xid::equals);
        log.debug("{}: still prepared: {}", xid, stillPrepared, failure);
        return stillPrepared ? XAER_RMFAIL : XAER_NOTA;
      }
    } catch (SQLException | XAException databaseDown) {
      log.warn("Branch {} cannot be ended now: {}", xid, databaseDown.toString());
      return XAER_RMFAIL;
    }
  }

  private interface Ending {
    void of(XAResource xa) throws XAException;
  }

  @Override
  public List<String> prepared() {
    try (Connection connection = database.connectOutsideOfThePool()) {
      return prepared(database.xa(connection)).map(BranchXid::toString).toList();
    } catch (SQLException | XAException databaseDown) {
      throw new ServiceUnavailable("The prepared branches cannot be listed.", databaseDown);
    }
  }

  private static Stream<BranchXid> prepared(XAResource xa) throws XAException {
    return Stream.of(xa.recover(TMSTARTRSCAN | TMENDRSCAN)).map(BranchXid::of);
  }

  /** Ends the branches whose coordinator must be gone, as far as a participant may. */
  void sweep() {
    branches.forEach(
        (xid, branch) -> {
          branch.abandonAfter(settings.idleTimeout());
          forgetIfEnded(xid, branch);
        });
  }
}

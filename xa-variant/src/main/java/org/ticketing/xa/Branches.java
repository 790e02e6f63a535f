package org.ticketing.xa;

import static javax.transaction.xa.XAException.XAER_ASYNC;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.XA_OK;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.BeforeMigrations;
import org.ticketing.platform.Bulkhead;
import org.ticketing.platform.LogField;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The branches of this process's database. A participant keeps no log: its database remembers which
 * branches are prepared.
 *
 * <p>Several processes may share the database. A branch that is not prepared is known to the one
 * that has its connection, and to no other. Any of them lists and ends all that are prepared. So
 * what a process remembers of these may be out of date, and it asks the database ({@link #look}).
 */
@RestController
@BeforeMigrations
class Branches implements OwnDatabase {

  private static final Logger log = LoggerFactory.getLogger(Branches.class);

  /**
   * How many connections outside of the pool are opened at a time. A database that has gone silent
   * keeps the threads that ask for more no longer than it takes to say no.
   */
  private static final int OUTSIDE_OF_THE_POOL = 8;

  private final XaDatabase database;
  private final ParticipantSettings settings;
  private final Map<BranchXid, Branch> branches = new ConcurrentHashMap<>();
  private final Set<BranchXid> inDoubt = ConcurrentHashMap.newKeySet();
  private final Set<BranchXid> addressed = ConcurrentHashMap.newKeySet();
  private final Bulkhead outsideOfThePool = new Bulkhead(OUTSIDE_OF_THE_POOL, 0, Duration.ZERO);

  Branches(XaDatabase database, ParticipantSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Returns the branch in which to do the work of an enlistment, started or joined.
   *
   * @throws ServiceUnavailable the branch to join has ended, or there is no connection for a new
   *     branch, or too many are in doubt
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
    if (inDoubt.size() >= settings.mostInDoubt()) {
      throw new ServiceUnavailable(
          inDoubt.size() + " branches are in doubt. No others begin until these have ended.");
    }
    try {
      Branch branch = Branch.start(xid, database, settings);
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
    return alone(xid, () -> pass(xid, Branch::prepare));
  }

  @Override
  public int commit(BranchXid xid, boolean onePhase) {
    return alone(
        xid,
        () -> {
          int code = pass(xid, branch -> branch.commit(onePhase));
          boolean mayBePrepared =
              !onePhase && code != XA_OK && code != XAER_PROTO && code != XAER_ASYNC;
          return mayBePrepared ? endPrepared(xid, xa -> xa.commit(xid, false)) : code;
        });
  }

  @Override
  public int rollback(BranchXid xid) {
    Optional.ofNullable(branches.get(xid)).ifPresent(Branch::markForRollback);
    return alone(
        xid,
        () -> {
          int code = pass(xid, Branch::rollback);
          boolean mayBePrepared = code != XA_OK && code != XAER_ASYNC;
          return mayBePrepared ? endPrepared(xid, xa -> xa.rollback(xid)) : code;
        });
  }

  /**
   * Handles a message, unless another one for the same branch is being handled: with a database
   * that has gone silent, every repetition would keep one thread more. XAER_RMFAIL has the
   * coordinator repeat it. Nor may of two messages the second be told that the branch is gone while
   * the first may still fail.
   */
  private int alone(BranchXid xid, IntSupplier message) {
    if (!addressed.add(xid)) {
      return XAER_RMFAIL;
    }
    try (LogField.Scope transaction = LogField.XID.during(xid.transaction())) {
      int code = message.getAsInt();
      return code == XAER_ASYNC ? XAER_RMFAIL : code;
    } finally {
      addressed.remove(xid);
    }
  }

  private int pass(BranchXid xid, ToIntFunction<Branch> message) {
    Branch branch = branches.get(xid);
    if (branch == null) {
      return XAER_NOTA;
    }
    int code = message.applyAsInt(branch);
    forgetIfGivenUp(xid, branch);
    return code;
  }

  private void forgetIfGivenUp(BranchXid xid, Branch branch) {
    if (branch.isGivenUp()) {
      if (branch.isInDoubt()) {
        inDoubt.add(xid);
      }
      branches.remove(xid, branch);
    }
  }

  /**
   * Ends a branch for which this process has no connection any more, because it was restarted,
   * because the connection broke, or because the branch has long been prepared. Drivers report
   * failures after which the branch is still prepared with various codes (pgjdbc issue 4438:
   * XAER_RMERR; MariaDB: XAER_NOTA while another connection holds the branch), and a coordinator
   * would give the branch up. So this asks the database whether it is still prepared.
   *
   * @throws ServiceUnavailable too many others do the same
   */
  private int endPrepared(BranchXid xid, Ending ending) {
    int code = outsideOfThePool.call(() -> endPreparedNow(xid, ending));
    if (code != XAER_RMFAIL) {
      inDoubt.remove(xid);
    }
    return code;
  }

  private int endPreparedNow(BranchXid xid, Ending ending) {
    try (Connection connection = database.connectOutsideOfThePool()) {
      XAResource xa = database.xa(connection);
      try {
        ending.of(xa);
        return XA_OK;
      } catch (XAException failure) {
        boolean stillPrepared = prepared(xa).contains(xid);
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

  /** Also lists those that other processes have prepared in the same database. */
  @Override
  public List<String> prepared() {
    return stillPrepared().stream().map(BranchXid::toString).toList();
  }

  private Set<BranchXid> stillPrepared() {
    Set<BranchXid> before = Set.copyOf(inDoubt);
    Set<BranchXid> prepared = outsideOfThePool.call(this::preparedNow);
    before.stream().filter(branch -> !prepared.contains(branch)).forEach(inDoubt::remove);
    return prepared;
  }

  private Set<BranchXid> preparedNow() {
    try (Connection connection = database.connectOutsideOfThePool()) {
      return prepared(database.xa(connection));
    } catch (SQLException | XAException databaseDown) {
      throw new ServiceUnavailable("The prepared branches cannot be listed.", databaseDown);
    }
  }

  private static Set<BranchXid> prepared(XAResource xa) throws XAException {
    return Stream.of(xa.recover(TMSTARTRSCAN | TMENDRSCAN))
        .map(BranchXid::of)
        .collect(Collectors.toSet());
  }

  /** Returns the branches of a transaction that are not prepared, and that this process knows. */
  List<Branch> active(String transaction) {
    return branches.entrySet().stream()
        .filter(branch -> branch.getKey().transaction().equals(transaction))
        .map(Map.Entry::getValue)
        .filter(Branch::isActive)
        .toList();
  }

  /** How many branches have a connection in this process, prepared or not. */
  int countActive() {
    return branches.size();
  }

  /** Gives up the branches whose coordinator is silent, as far as a participant may. */
  void sweep() {
    branches.forEach(
        (xid, branch) -> {
          branch.abandonWhenIdle();
          forgetIfGivenUp(xid, branch);
        });
  }

  /**
   * Finds out which branches are in doubt no longer: another process of the same database may have
   * ended them. Asks the database only if there are some.
   */
  void look() {
    if (inDoubt.isEmpty()) {
      return;
    }
    try {
      stillPrepared();
    } catch (ServiceUnavailable later) {
      log.debug("The branches in doubt cannot be looked up now", later);
    }
  }
}

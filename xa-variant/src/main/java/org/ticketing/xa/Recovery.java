package org.ticketing.xa;

import com.atomikos.datasource.RecoverableResource;
import com.atomikos.datasource.xa.XATransactionalResource;
import com.atomikos.icatch.config.Configuration;
import com.atomikos.recovery.LogReadException;
import com.atomikos.recovery.PendingTransactionRecord;
import com.atomikos.recovery.TxState;
import com.atomikos.recovery.xa.XARecoveryManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Recovers the branches that were left prepared. Atomikos starts a scan every so often: it asks
 * each participant for its prepared branches, commits those of transactions that the log says are
 * committing, and rolls back the coordinator's others. It leaves alone those of transactions that
 * an operator has suspended.
 */
class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final CoordinatorId id;
  private final Participants participants;
  private final UnderWay underWay;
  private final Suspensions suspensions;
  private final TransactionLog transactions;
  private final Set<CoordinatorId> reported = ConcurrentHashMap.newKeySet();

  /** By transaction; of those that have a branch that could not be ended. */
  private final Map<String, Failing> failing = new ConcurrentHashMap<>();

  /** The transactions of which a branch was rolled back, and one may be left. */
  private final Set<String> undoing = new HashSet<>();

  private Found found;
  private long lastScan;
  private boolean lastScanComplete;
  private volatile boolean stopping;

  /**
   * @param transactions where it writes down what it has ended
   */
  Recovery(
      CoordinatorId id,
      Participants participants,
      UnderWay underWay,
      Suspensions suspensions,
      TransactionLog transactions) {
    this.id = id;
    this.participants = participants;
    this.underWay = underWay;
    this.suspensions = suspensions;
    this.transactions = transactions;
  }

  /**
   * That branches of a transaction could not be ended.
   *
   * @param times since the first of them failed
   * @param error of the last one, in one line
   */
  record Failing(int times, String error) {}

  /**
   * What one scan finds.
   *
   * @param committing the transactions whose decision to commit nobody else tells
   * @param prepared those that have a prepared branch
   * @param suspended of these, those whose branches are not shown to Atomikos
   * @param reached the participants that have listed their branches
   */
  private record Found(
      Set<String> committing, Set<String> prepared, Set<String> suspended, Set<String> reached) {

    static Found nothing(Collection<PendingTransactionRecord> committing) {
      return new Found(
          committing.stream().map(it -> it.id).collect(Collectors.toSet()),
          new HashSet<>(),
          new HashSet<>(),
          new HashSet<>());
    }
  }

  CoordinatorId id() {
    return id;
  }

  UnderWay underWay() {
    return underWay;
  }

  /** Returns what keeps it from ending the branches of a transaction; empty if nothing does. */
  Optional<Failing> failing(String transaction) {
    return Optional.ofNullable(failing.get(transaction));
  }

  /** Sends no more messages. A scan that is under way ends with the message it waits for. */
  void stop() {
    stopping = true;
  }

  /** Returns the participants as Atomikos recovers them. */
  List<RecoverableResource> resources() {
    return participants.names().stream().<RecoverableResource>map(Resource::new).toList();
  }

  /**
   * Recovers all participants when Atomikos asks the first one to recover. Atomikos ends its scan
   * at the first participant that does not answer, so that one that is down would keep the branches
   * of the others in doubt.
   *
   * @return whether all were reached and nothing is left to be committed
   */
  private synchronized boolean recoverAll(
      long scan,
      Collection<PendingTransactionRecord> committing,
      Collection<PendingTransactionRecord> foreign) {
    if (scan != lastScan) {
      found = Found.nothing(committing);
      lastScanComplete = true;
      for (String participant : participants.names()) {
        lastScanComplete &= recover(participant, scan, committing, foreign);
      }
      // Otherwise Atomikos, which was not shown these branches, would forget their decisions.
      lastScanComplete &= Collections.disjoint(found.committing, found.suspended);
      tell();
      lastScan = scan;
    }
    return lastScanComplete;
  }

  /** Writes down which transactions have come to their end: no participant has a branch left. */
  private void tell() {
    if (lastScanComplete) {
      found.committing.forEach(
          it -> recovered(it, TransactionState.COMPLETING, TransactionState.COMPLETED));
    }
    if (found.reached.containsAll(participants.names())) {
      failing.keySet().retainAll(found.prepared);
      Set<String> undone = new HashSet<>(undoing);
      undone.removeAll(found.prepared);
      undone.forEach(it -> recovered(it, TransactionState.UNDOING, TransactionState.UNDONE));
      undoing.removeAll(undone);
    }
  }

  /**
   * Writes down that Atomikos has committed a transaction at all participants, unless it is under
   * way: then its payment does so. Atomikos repeats for a while what it could not tell a
   * participant, also when the payment does not wait for it any more, and before recovery does.
   */
  void committed(String transaction) {
    if (!underWay.contains(transaction)) {
      recovered(transaction, TransactionState.COMPLETING, TransactionState.COMPLETED);
    }
  }

  private void recovered(String transaction, TransactionState from, TransactionState to) {
    transactions.changed(null, transaction, from, to, "recovered");
  }

  private boolean recover(
      String participant,
      long scan,
      Collection<PendingTransactionRecord> committing,
      Collection<PendingTransactionRecord> foreign) {
    XARecoveryManager atomikos = XARecoveryManager.getInstance();
    var branches = new PreparedBranches(participant);
    try {
      return atomikos != null
          && !stopping
          && atomikos.recover(branches, scan, committing, foreign, participant);
    } catch (XAException | LogReadException | RuntimeException failure) {
      log.warn("{} was not recovered and will be asked again: {}", participant, failure.toString());
      return false;
    }
  }

  /**
   * Tells, once, of branches of a coordinator of the same name whose decisions are elsewhere.
   * Atomikos leaves them alone, because they do not begin as its own.
   */
  private void report(ParticipantResource participant, Xid[] branches) {
    Stream.of(branches)
        .flatMap(branch -> CoordinatorId.of(BranchXid.of(branch)).stream())
        .filter(owner -> owner.name().equals(id.name()) && !owner.equals(id))
        .filter(reported::add)
        .forEach(
            owner ->
                log.warn(
                    "{} has branches of coordinator {}, whose decisions are in another database or"
                        + " log than those of {}. They are left alone.",
                    participant,
                    owner,
                    id));
  }

  private class Resource extends XATransactionalResource {

    Resource(String participant) {
      super(participant);
    }

    @Override
    protected XAResource refreshXAConnection() {
      return participants.resource(getName());
    }

    @Override
    public boolean recover(
        long scan,
        Collection<PendingTransactionRecord> committing,
        Collection<PendingTransactionRecord> foreign) {
      return recoverAll(scan, committing, foreign);
    }
  }

  private interface Ending {
    void run() throws XAException;
  }

  /**
   * Keeps Atomikos from rolling back branches that may still be committed. It presumes that a
   * branch aborts when it has been prepared for longer than a transaction may last. That is wrong
   * for a transaction that decides late, or that decided to commit and could not tell: those are
   * still under way here, or the log says that they are committing. It is not shown the branches of
   * suspended transactions at all.
   */
  private class PreparedBranches extends ParticipantResource {

    PreparedBranches(String participant) {
      super(participant, participants.branches(participant));
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
      if (stopping) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
      end(BranchXid.of(xid).transaction(), () -> super.commit(xid, onePhase));
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
      Xid[] branches = super.recover(flags);
      if ((flags & TMSTARTRSCAN) == 0) {
        return branches;
      }
      report(this, branches);
      Set<String> suspended = suspendedAmong(branches);
      List<Xid> shown = new ArrayList<>();
      for (Xid branch : branches) {
        String transaction = BranchXid.of(branch).transaction();
        found.prepared.add(transaction);
        if (suspended.contains(transaction)) {
          found.suspended.add(transaction);
        } else {
          shown.add(branch);
        }
      }
      found.reached.add(participant());
      return shown.toArray(Xid[]::new);
    }

    /** Asks which are suspended only if there are branches that a scan would end. */
    private Set<String> suspendedAmong(Xid[] branches) throws XAException {
      try {
        return Stream.of(branches).map(BranchXid::of).anyMatch(this::isToBeEnded)
            ? suspensions.all()
            : Set.of();
      } catch (SQLException unknown) {
        var unreadable = new XAException(XAException.XAER_RMFAIL);
        unreadable.initCause(unknown);
        throw unreadable;
      }
    }

    private boolean isToBeEnded(BranchXid branch) {
      boolean isOwn = CoordinatorId.of(branch).filter(id::equals).isPresent();
      String transaction = branch.transaction();
      return isOwn && (!underWay.contains(transaction) || found.committing.contains(transaction));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
      String transaction = BranchXid.of(xid).transaction();
      if (stopping || mayStillCommit(transaction)) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
      end(transaction, () -> super.rollback(xid));
      undoing.add(transaction);
    }

    private void end(String transaction, Ending ending) throws XAException {
      try {
        ending.run();
      } catch (XAException failure) {
        if (failure.errorCode != XAException.XAER_NOTA) {
          failed(transaction, failure);
          throw failure;
        }
      }
      failing.remove(transaction);
    }

    private void failed(String transaction, XAException failure) {
      String error = participant() + ": " + reason(failure);
      failing.merge(
          transaction,
          new Failing(1, error),
          (before, now) -> new Failing(before.times() + 1, error));
    }

    /**
     * Asks for the transaction before the log: one that is no longer under way here decides nothing
     * more. The {@link DecisionLog} makes sure of it elsewhere.
     */
    private boolean mayStillCommit(String transaction) throws XAException {
      if (underWay.contains(transaction)) {
        return true;
      }
      try {
        PendingTransactionRecord logged = Configuration.getRecoveryLog().get(transaction);
        return logged != null && logged.state == TxState.COMMITTING;
      } catch (LogReadException unknown) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
    }
  }
}

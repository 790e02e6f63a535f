package org.ticketing.xa;

import com.atomikos.datasource.RecoverableResource;
import com.atomikos.datasource.xa.XATransactionalResource;
import com.atomikos.icatch.config.Configuration;
import com.atomikos.recovery.LogReadException;
import com.atomikos.recovery.PendingTransactionRecord;
import com.atomikos.recovery.TxState;
import com.atomikos.recovery.xa.XARecoveryManager;
import java.util.Collection;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers the branches that were left prepared. Atomikos starts a scan every so often: it asks
 * each participant for its prepared branches, commits those of transactions that the log says are
 * committing, and rolls back the coordinator's others.
 */
class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Participants participants;
  private final UnderWay underWay;
  private long lastScan;
  private boolean lastScanComplete;
  private volatile boolean stopping;

  Recovery(Participants participants, UnderWay underWay) {
    this.participants = participants;
    this.underWay = underWay;
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
      lastScanComplete = true;
      for (String participant : participants.names()) {
        lastScanComplete &= recover(participant, scan, committing, foreign);
      }
      lastScan = scan;
    }
    return lastScanComplete;
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

  /**
   * Keeps Atomikos from rolling back branches that may still be committed. It presumes that a
   * branch aborts when it has been prepared for longer than a transaction may last. That is wrong
   * for a transaction that decides late, or that decided to commit and could not tell: those are
   * still under way here, or the log says that they are committing.
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
      super.commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
      if (stopping || mayStillCommit(BranchXid.of(xid).transaction())) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
      super.rollback(xid);
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

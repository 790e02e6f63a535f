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
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The participants of the payments, by name, and how Atomikos recovers their branches. */
class Participants {

  private static final Logger log = LoggerFactory.getLogger(Participants.class);

  private final Map<String, BranchApi> participants;
  private long lastScan;
  private boolean lastScanComplete;

  Participants(Map<String, BranchApi> participants) {
    this.participants = participants;
  }

  /** A resource to enlist in one global transaction. */
  ParticipantResource resource(String participant) {
    return new ParticipantResource(participant, participants.get(participant));
  }

  List<RecoverableResource> recoverable() {
    return participants.keySet().stream().<RecoverableResource>map(Participant::new).toList();
  }

  /**
   * Atomikos asks one participant after the other and ends the scan at the first that gives no
   * answer, so that one that is down would keep the branches of the others in doubt. Here whoever
   * is asked first stands for all.
   *
   * @return whether all were reached and nothing is left to be committed
   */
  private synchronized boolean recoverAll(
      long scan,
      Collection<PendingTransactionRecord> committing,
      Collection<PendingTransactionRecord> foreign) {
    if (scan != lastScan) {
      lastScanComplete = true;
      for (String participant : participants.keySet()) {
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
    XARecoveryManager recovery = XARecoveryManager.getInstance();
    try {
      return recovery != null
          && recovery.recover(new Recovering(participant), scan, committing, foreign, participant);
    } catch (XAException | LogReadException | RuntimeException failure) {
      log.warn("{} was not recovered and will be asked again: {}", participant, failure.toString());
      return false;
    }
  }

  private class Participant extends XATransactionalResource {

    Participant(String name) {
      super(name);
    }

    @Override
    protected XAResource refreshXAConnection() {
      return resource(getName());
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
   * Recovery presumes that a branch aborts when it has been prepared for longer than a transaction
   * may last. By time alone that is wrong for a transaction that decides late, or decided to commit
   * and could not tell. So it is kept from branches of transactions that are still under way here
   * and of those the log says are committing.
   */
  private class Recovering extends ParticipantResource {

    Recovering(String participant) {
      super(participant, participants.get(participant));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
      if (mayStillCommit(new String(xid.getGlobalTransactionId()))) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
      super.rollback(xid);
    }

    /** Asked in this order: a transaction that is no longer under way decides nothing more. */
    private static boolean mayStillCommit(String transaction) throws XAException {
      try {
        if (Configuration.getTransactionService().getCompositeCoordinator(transaction) != null) {
          return true;
        }
        PendingTransactionRecord logged = Configuration.getRecoveryLog().get(transaction);
        return logged != null && logged.state == TxState.COMMITTING;
      } catch (LogReadException unknown) {
        throw new XAException(XAException.XAER_RMFAIL);
      }
    }
  }
}

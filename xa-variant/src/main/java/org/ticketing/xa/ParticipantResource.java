package org.ticketing.xa;

import java.util.concurrent.Callable;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A participant as Atomikos sees it. What happens between start and end is not its business: work
 * reaches the participant by calls of its own.
 */
class ParticipantResource implements XAResource {

  private final String participant;
  private final BranchApi branches;
  private BranchXid branch;

  ParticipantResource(String participant, BranchApi branches) {
    this.participant = participant;
    this.branches = branches;
  }

  /** The branch this resource was enlisted for. */
  BranchXid branch() {
    return branch;
  }

  @Override
  public void start(Xid xid, int flags) {
    branch = BranchXid.of(xid);
  }

  @Override
  public void end(Xid xid, int flags) {
    // the participant ends its branch when it is asked to prepare
  }

  @Override
  public int prepare(Xid xid) throws XAException {
    int vote = answer(() -> branches.prepare(BranchXid.of(xid)));
    return vote == XA_RDONLY ? vote : ok(vote);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    ok(answer(() -> branches.commit(BranchXid.of(xid), onePhase)));
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    ok(answer(() -> branches.rollback(BranchXid.of(xid))));
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    return (flags & TMSTARTRSCAN) == 0
        ? new Xid[0]
        : answer(branches::prepared).stream().map(BranchXid::valueOf).toArray(Xid[]::new);
  }

  @Override
  public void forget(Xid xid) {
    // participants never decide on their own
  }

  /**
   * Also an Error means that the participant was not reached: Atomikos counts a message that ends
   * with one as answered, and a prepare as a vote to go on.
   */
  private static <T> T answer(Callable<T> message) throws XAException {
    try {
      return message.call();
    } catch (Throwable noAnswer) {
      var notReached = new XAException(XAException.XAER_RMFAIL);
      notReached.initCause(noAnswer);
      throw notReached;
    }
  }

  private static int ok(int code) throws XAException {
    if (code != XA_OK) {
      throw new XAException(code);
    }
    return code;
  }

  @Override
  public boolean isSameRM(XAResource other) {
    return other instanceof ParticipantResource that && that.participant.equals(participant);
  }

  @Override
  public int getTransactionTimeout() {
    return 0;
  }

  @Override
  public boolean setTransactionTimeout(int seconds) {
    return false;
  }

  @Override
  public String toString() {
    return participant;
  }
}

package org.ticketing.xa;

import java.util.Optional;
import java.util.concurrent.Callable;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A participant as Atomikos sees it: passes the coordinator's messages on. Work does not come this
 * way; it reaches the participant with an {@link Enlistment}.
 *
 * <p>Messages go to the instance that has the branch, if it is known. To repeat one that has failed,
 * Atomikos gets another resource ({@code forceRefreshXAConnection} of {@code
 * XAResourceTransaction}), as recovery does. That one knows no instance, and reaches any by the
 * participant's name. After prepare, any will do, because the branch is in the database. Before, an
 * instance that does not have the branch answers that there is none, and nothing is committed.
 */
class ParticipantResource implements XAResource {

  private final String participant;
  private final BranchApi branches;
  private BranchXid branch;
  private volatile InstanceAddress instance;

  ParticipantResource(String participant, BranchApi branches) {
    this.participant = participant;
    this.branches = branches;
  }

  /** Returns the branch that this resource was enlisted for. */
  BranchXid branch() {
    return branch;
  }

  /** Returns the instance that has the branch; empty if it is not known. */
  Optional<InstanceAddress> instance() {
    return Optional.ofNullable(instance);
  }

  /** Has everything that follows go to this instance. */
  void isAt(InstanceAddress address) {
    instance = address;
  }

  @Override
  public void start(Xid xid, int flags) {
    branch = BranchXid.of(xid);
  }

  @Override
  public void end(Xid xid, int flags) {
    // The participant ends its work when it is asked to prepare.
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
    // Participants never decide on their own.
  }

  /**
   * Reports any failure, an Error too, as a participant that was not reached. Atomikos takes a
   * message that ends with an Error for answered, and a prepare for a vote to commit.
   */
  private <T> T answer(Callable<T> message) throws XAException {
    try {
      return CalledInstance.send(message, instance);
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

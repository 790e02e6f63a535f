package org.ticketing.xa;

import java.util.Optional;
import java.util.concurrent.Callable;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Phases;

/**
 * A participant as Atomikos sees it: passes the coordinator's messages on. Work does not come this
 * way; it reaches the participant with an {@link Enlistment}.
 *
 * <p>Messages go to the instance that has the branch, if it is known. To repeat one that has
 * failed, Atomikos gets another resource ({@code forceRefreshXAConnection} of {@code
 * XAResourceTransaction}), as recovery does. That one knows no instance, and reaches any by the
 * participant's name. After prepare, any will do, because the branch is in the database. Before, an
 * instance that does not have the branch answers that there is none, and nothing is committed.
 */
class ParticipantResource implements XAResource {

  private final String participant;
  private final BranchApi branches;
  private final Phases phases;
  private final Progress progress;
  private BranchXid branch;
  private volatile InstanceAddress instance;

  ParticipantResource(String participant, BranchApi branches) {
    this(participant, branches, Phases.UNOBSERVED, Progress.untold());
  }

  /**
   * @param phases as parts of the payment: Atomikos sends its messages from threads of its own
   * @param progress of the transaction
   */
  ParticipantResource(String participant, BranchApi branches, Phases phases, Progress progress) {
    this.participant = participant;
    this.branches = branches;
    this.phases = phases;
    this.progress = progress;
  }

  String participant() {
    return participant;
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
    return phase("prepare", xid, this::vote);
  }

  /** Says in one line why a message has failed. */
  static String reason(XAException failure) {
    return failure.getCause() == null
        ? "return code " + failure.errorCode
        : Progress.reason(failure.getCause());
  }

  private int vote(BranchXid branch) throws XAException {
    try {
      int vote = answer(() -> branches.prepare(branch));
      return vote == XA_RDONLY ? vote : ok(vote);
    } catch (XAException refused) {
      progress.undoing(participant + " has not prepared: " + reason(refused));
      throw refused;
    }
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    phase(
        "commit",
        xid,
        branch -> {
          if (!onePhase) {
            progress.completing();
          }
          return ok(answer(() -> branches.commit(branch, onePhase)));
        });
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    phase(
        "rollback",
        xid,
        branch -> {
          progress.undoing();
          return ok(answer(() -> branches.rollback(branch)));
        });
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

  private interface Message {
    int to(BranchXid branch) throws XAException;
  }

  /** That a phase could not be observed must not be taken for an answer either. */
  private int phase(String name, Xid xid, Message message) throws XAException {
    try {
      return observed(name, BranchXid.of(xid), message);
    } catch (RuntimeException | Error failure) {
      throw notReached(failure);
    }
  }

  private int observed(String name, BranchXid branch, Message message) throws XAException {
    try (LogField.Scope transaction = LogField.XID.during(branch.transaction())) {
      return phases.call(name, participant, () -> message.to(branch));
    }
  }

  /**
   * Reports any failure, an Error too, as a participant that was not reached. Atomikos takes a
   * message that ends with an Error for answered, and a prepare for a vote to commit.
   */
  private <T> T answer(Callable<T> message) throws XAException {
    try {
      return CalledInstance.send(message, instance);
    } catch (Throwable noAnswer) {
      throw notReached(noAnswer);
    }
  }

  private static XAException notReached(Throwable cause) {
    var notReached = new XAException(XAException.XAER_RMFAIL);
    notReached.initCause(cause);
    return notReached;
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

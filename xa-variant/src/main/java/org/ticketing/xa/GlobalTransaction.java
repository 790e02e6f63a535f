package org.ticketing.xa;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.transaction.xa.XAException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Phases;
import org.ticketing.platform.ServiceUnavailable;

/**
 * A global transaction and its branches. A participant has one branch in it, however many pieces of
 * work it does.
 */
class GlobalTransaction {

  private static final Logger log = LoggerFactory.getLogger(GlobalTransaction.class);

  private final Transaction transaction;
  private final Participants participants;
  private final UnderWay underWay;
  private final Phases phases;
  private final Progress progress;
  private final Map<String, ParticipantResource> branches = new HashMap<>();

  /**
   * @param phases as parts of the transaction
   * @param progress that it tells of its steps
   */
  GlobalTransaction(
      Transaction transaction,
      Participants participants,
      UnderWay underWay,
      Phases phases,
      Progress progress) {
    this.transaction = transaction;
    this.participants = participants;
    this.underWay = underWay;
    this.phases = phases;
    this.progress = progress;
  }

  /**
   * Makes the participant take part, if it does not yet.
   *
   * @return what to tell it with the next piece of work
   * @throws ServiceUnavailable the transaction has run out of time
   */
  Enlistment enlist(String participant) {
    ParticipantResource known = branches.get(participant);
    if (known != null) {
      return Enlistment.join(known.branch());
    }
    ParticipantResource resource = participants.resource(participant, phases, progress);
    try {
      transaction.enlistResource(resource);
    } catch (RollbackException | SystemException | IllegalStateException tooLate) {
      throw new ServiceUnavailable("The transaction has run out of time.", tooLate);
    }
    underWay.enter(resource, progress);
    LogField.XID.set(resource.branch().transaction());
    branches.put(participant, resource);
    return Enlistment.start(resource.branch());
  }

  /** Returns the resource of a participant that takes part. */
  ParticipantResource resource(String participant) {
    return branches.get(participant);
  }

  /** Nothing more is decided in this transaction, whatever has become of it. */
  void end() {
    branches.values().stream()
        .map(resource -> resource.branch().transaction())
        .forEach(underWay::leave);
  }

  /** Returns the branch of a participant, if it takes part. */
  Optional<BranchXid> branch(String participant) {
    return Optional.ofNullable(branches.get(participant)).map(ParticipantResource::branch);
  }

  /**
   * Rolls all branches back. A participant that is not reached rolls its branch back by itself when
   * nobody has worked in it for long enough.
   *
   * @param why the work has failed
   */
  void rollback(Throwable why) {
    progress.undoing(Progress.reason(why));
    rollback();
  }

  private void rollback() {
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException failure) {
      log.warn("Rollback of {} is left to recovery: {}", transaction, failure.toString());
    }
  }

  /**
   * Has the coordinator prepare all branches, decide, and tell the participants its decision.
   *
   * @throws ServiceUnavailable the decision was to roll back
   * @throws OutcomeUnknown the decision was to commit and has not reached every participant yet, or
   *     it could not be learnt; recovery goes on until all participants have done the same
   */
  void commit() {
    progress.preparing();
    try {
      transaction.commit();
    } catch (RollbackException | HeuristicRollbackException rolledBack) {
      if (DecisionInDoubt.isCauseOf(rolledBack)) {
        throw unknown(rolledBack);
      }
      if (status() == Status.STATUS_PREPARED) {
        // The decision could not be logged. Atomikos would leave the branches to recovery.
        branches.values().forEach(GlobalTransaction::rollBack);
      }
      throw rolledBack(rolledBack);
    } catch (HeuristicMixedException undelivered) {
      // Atomikos throws this whenever a decision, either one, did not reach every participant.
      switch (status()) {
        case Status.STATUS_COMMITTED ->
            log.info("{} was committed after a repetition", transaction);
        case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> throw rolledBack(undelivered);
        default -> throw unknown(undelivered);
      }
    } catch (IllegalStateException tooLate) {
      // It ran out of time before any participant was asked to prepare.
      rollback();
      throw rolledBack(tooLate);
    } catch (SystemException | RuntimeException failure) {
      throw unknown(failure);
    }
  }

  private static void rollBack(ParticipantResource resource) {
    try {
      resource.rollback(resource.branch());
    } catch (XAException failure) {
      log.warn("Rollback of {} is left to recovery: {}", resource.branch(), failure.toString());
    }
  }

  private int status() {
    try {
      return transaction.getStatus();
    } catch (SystemException unreadable) {
      return Status.STATUS_UNKNOWN;
    }
  }

  private static ServiceUnavailable rolledBack(Exception cause) {
    return new ServiceUnavailable("The payment could not be committed and is undone.", cause);
  }

  private static OutcomeUnknown unknown(Exception cause) {
    return new OutcomeUnknown("The payment is being finished; ask again with the same key.", cause);
  }
}

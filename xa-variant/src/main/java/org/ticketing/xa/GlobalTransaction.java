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
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.ServiceUnavailable;

/** A global transaction of the calling thread. Participants join it when they are first used. */
class GlobalTransaction {

  private static final Logger log = LoggerFactory.getLogger(GlobalTransaction.class);
  private static final ThreadLocal<GlobalTransaction> CURRENT = new ThreadLocal<>();

  private final Transaction transaction;
  private final Participants participants;
  private final Map<String, BranchXid> branches = new HashMap<>();

  GlobalTransaction(Transaction transaction, Participants participants) {
    this.transaction = transaction;
    this.participants = participants;
    CURRENT.set(this);
  }

  static Optional<GlobalTransaction> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** What to tell the participant with the next piece of work. */
  Enlistment enlist(String participant) {
    BranchXid known = branches.get(participant);
    if (known != null) {
      return Enlistment.join(known);
    }
    ParticipantResource resource = participants.resource(participant);
    try {
      transaction.enlistResource(resource);
    } catch (RollbackException | SystemException | IllegalStateException tooLate) {
      throw new ServiceUnavailable("The transaction has run out of time.", tooLate);
    }
    branches.put(participant, resource.branch());
    return Enlistment.start(resource.branch());
  }

  /**
   * Gives everything up. What a participant does not hear of now, it rolls back by itself later.
   */
  void rollback() {
    CURRENT.remove();
    try {
      transaction.rollback();
    } catch (SystemException | RuntimeException failure) {
      log.warn("Rollback of {} is left to recovery: {}", transaction, failure.toString());
    }
  }

  /**
   * @throws ServiceUnavailable the decision was to roll back
   * @throws OutcomeUnknown the decision was to commit and not everybody has heard of it yet, or it
   *     could not be learnt; recovery goes on until all have done the same
   */
  void commit() {
    CURRENT.remove();
    try {
      transaction.commit();
    } catch (RollbackException | HeuristicRollbackException rolledBack) {
      if (status() == Status.STATUS_PREPARED) {
        // The decision could not be logged; Atomikos would leave the branches to recovery.
        branches.forEach(this::rollBack);
      }
      throw rolledBack(rolledBack);
    } catch (HeuristicMixedException undelivered) {
      // Atomikos's answer whenever a decision, either one, did not reach every participant.
      switch (status()) {
        case Status.STATUS_COMMITTED -> log.info("{} was committed at the second try", transaction);
        case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> throw rolledBack(undelivered);
        default -> throw unknown(undelivered);
      }
    } catch (IllegalStateException tooLate) {
      // It ran out of time at this very moment, before anybody was asked to prepare.
      rollback();
      throw rolledBack(tooLate);
    } catch (SystemException | RuntimeException failure) {
      throw unknown(failure);
    }
  }

  private void rollBack(String participant, BranchXid branch) {
    try {
      participants.resource(participant).rollback(branch);
    } catch (XAException failure) {
      log.warn("Rollback of {} is left to recovery: {}", branch, failure.toString());
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

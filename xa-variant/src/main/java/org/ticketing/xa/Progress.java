package org.ticketing.xa;

import static org.ticketing.platform.tracking.TransactionState.COMPLETING;
import static org.ticketing.platform.tracking.TransactionState.PREPARING;
import static org.ticketing.platform.tracking.TransactionState.UNDOING;
import static org.ticketing.platform.tracking.TransactionState.WORKING;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * How far a global transaction has come that is under way in this process, for operators alone: the
 * protocol does not go by it. The thread of the payment and those of Atomikos tell of each step.
 */
class Progress {

  private final UUID payment;
  private final TransactionLog log;
  private final Instant begun = Instant.now();
  private final List<ParticipantResource> branches = new ArrayList<>();
  private TransactionState state = WORKING;
  private String cause;

  /**
   * @param payment null if it is not known
   */
  Progress(UUID payment, TransactionLog log) {
    this.payment = payment;
    this.log = log;
  }

  /** Of a transaction that nobody asks about. */
  static Progress untold() {
    return new Progress(null, TransactionLog.NONE);
  }

  synchronized void add(ParticipantResource branch) {
    branches.add(branch);
  }

  synchronized void preparing() {
    if (state == WORKING) {
      become(PREPARING, null);
    }
  }

  /** The decision to commit was taken: participants are told. */
  synchronized void completing() {
    if (isUndecided()) {
      become(COMPLETING, "decided");
    }
  }

  /**
   * The transaction is rolled back. What is said first is the cause.
   *
   * @param why in one line
   */
  synchronized void undoing(String why) {
    if (isUndecided()) {
      become(UNDOING, why);
    }
  }

  /** Participants are told to roll back, and nobody has said why. */
  void undoing() {
    undoing(state() == WORKING ? "its time has run out" : "the decision was not recorded");
  }

  /** Says in one line what a failure is. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\R+", " ");
  }

  private boolean isUndecided() {
    return state == WORKING || state == PREPARING;
  }

  private void become(TransactionState next, String why) {
    String xid = branches.isEmpty() ? null : branches.get(0).branch().transaction();
    log.changed(payment, xid, state, next, why);
    state = next;
    cause = why;
  }

  /** Null if it is not known. */
  UUID payment() {
    return payment;
  }

  Instant begun() {
    return begun;
  }

  synchronized TransactionState state() {
    return state;
  }

  /** Why it is in its state; null if there is nothing to say. */
  synchronized String cause() {
    return cause;
  }

  /** The branches so far. */
  synchronized List<ParticipantResource> branches() {
    return List.copyOf(branches);
  }
}

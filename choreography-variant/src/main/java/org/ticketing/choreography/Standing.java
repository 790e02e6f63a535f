package org.ticketing.choreography;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.ticketing.choreography.StandingApi.ParkedView;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Where a payment stands: what its record says, and what of its events is left.
 *
 * @param undoing whether somebody has still to undo it, because it was cancelled
 * @param parked its events that a participant could not react to
 */
record Standing(PaymentView payment, boolean undoing, List<ParkedView> parked) {

  UUID id() {
    return payment.id();
  }

  Instant begunAt() {
    return payment.requestedAt();
  }

  TransactionState state() {
    return switch (payment.status()) {
      case REQUESTED -> TransactionState.WORKING;
      case COMPLETED -> TransactionState.COMPLETED;
      case FAILED -> undoing ? TransactionState.UNDOING : TransactionState.UNDONE;
    };
  }

  Decision decision() {
    return switch (payment.status()) {
      case REQUESTED -> Decision.NONE;
      case COMPLETED -> Decision.COMPLETE;
      case FAILED -> Decision.UNDO;
    };
  }

  boolean isUnderWay() {
    return payment.status() == Status.REQUESTED;
  }

  /** Why a participant could not react; null if none has failed for good. */
  String error() {
    return parked.isEmpty() ? null : parked.get(parked.size() - 1).failure();
  }
}

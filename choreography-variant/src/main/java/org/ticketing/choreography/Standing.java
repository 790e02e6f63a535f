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
 * @param cancelling whether a cancellation is still to be handed over
 * @param parked its events that a participant could not react to
 */
record Standing(PaymentView payment, boolean cancelling, List<ParkedView> parked) {

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
      case FAILED ->
          cancelling || isCancellationParked() ? TransactionState.UNDOING : TransactionState.UNDONE;
    };
  }

  /** Only then does a parked event keep something of a payment that has ended. */
  private boolean isCancellationParked() {
    return parked.stream().anyMatch(Standing::isCancellation);
  }

  static boolean isCancellation(ParkedView parked) {
    return parked.kind().equals(EventKind.PAYMENT_CANCELLED.name());
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

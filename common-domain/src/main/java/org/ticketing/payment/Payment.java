package org.ticketing.payment;

import java.time.Instant;
import java.util.UUID;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Refusal;

/**
 * A payment as it was when it was read.
 *
 * @param amount null when it failed before the price was known
 * @param refusal why it FAILED, else null
 * @param refundedAt null unless it was refunded
 */
record Payment(
    UUID id,
    UUID userId,
    UUID reservationId,
    Long amount,
    Status status,
    Refusal refusal,
    Instant requestedAt,
    Instant refundedAt) {

  boolean is(Status status) {
    return this.status == status;
  }

  boolean isFor(UUID reservationId) {
    return this.reservationId.equals(reservationId);
  }

  /** As it is shown while its protocol may still undo it. */
  Payment underWay() {
    return new Payment(
        id, userId, reservationId, amount, Status.REQUESTED, refusal, requestedAt, null);
  }

  Receipt receipt() {
    return new Receipt(id, userId, reservationId, amount);
  }

  PaymentView view() {
    String reason = refusal == null ? null : refusal.reason().id();
    return new PaymentView(
        id, userId, reservationId, amount, status, reason, requestedAt, refundedAt);
  }
}

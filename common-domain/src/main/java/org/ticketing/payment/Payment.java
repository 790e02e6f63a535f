package org.ticketing.payment;

import java.time.Instant;
import java.util.Locale;
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

  /** One that is accepted now, and that no attempt has recorded. */
  static Payment accepted(UUID id, Order order, Instant now) {
    return new Payment(
        id, order.userId(), order.reservationId(), null, Status.REQUESTED, null, now, null);
  }

  boolean is(Status status) {
    return this.status == status;
  }

  boolean isFor(UUID reservationId) {
    return this.reservationId.equals(reservationId);
  }

  /** Whether it was accepted, and no attempt that is known of has begun. */
  boolean isWaiting() {
    return status == Status.REQUESTED && amount == null;
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

  /** Differs between any two states of a payment. */
  String tag() {
    return tag(view());
  }

  static String tag(PaymentView payment) {
    var tag = new StringBuilder(payment.status().name().toLowerCase(Locale.ROOT));
    if (payment.amount() != null) {
      tag.append('-').append(payment.amount());
    }
    if (payment.reason() != null) {
      tag.append('-').append(payment.reason());
    }
    return payment.refundedAt() == null ? tag.toString() : tag.append("-refunded").toString();
  }
}

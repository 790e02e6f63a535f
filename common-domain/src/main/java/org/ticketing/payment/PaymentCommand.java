package org.ticketing.payment;

import java.util.UUID;

/**
 * What a protocol is to carry out: a payment that has passed the lookups.
 *
 * @param paymentId every step of the payment is idempotent by it. Another attempt has the same only
 *     if the payment was accepted before it was made, and {@link PaymentProtocol#isRepeatable}
 * @param idempotencyKey unique among the payments of the user
 * @param amount the reservation's price in points
 */
public record PaymentCommand(
    UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {

  Order order() {
    return new Order(userId, idempotencyKey, reservationId);
  }

  public Receipt receipt() {
    return new Receipt(paymentId, userId, reservationId, amount);
  }
}

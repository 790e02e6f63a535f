package org.ticketing.payment;

import java.util.UUID;

/**
 * What a protocol is to carry out: a payment that has passed the lookups.
 *
 * @param paymentId new for every attempt; every step of the payment is idempotent by it
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

package org.ticketing.payment;

import java.util.UUID;

/**
 * A payment that has passed the lookups and is to be carried out.
 *
 * @param paymentId new for every attempt; all steps of the payment are idempotent by it
 * @param idempotencyKey unique among the payments of the user
 * @param amount the reservation's price in points
 */
public record PaymentCommand(
    UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {

  public Receipt receipt() {
    return new Receipt(paymentId, userId, reservationId, amount);
  }
}

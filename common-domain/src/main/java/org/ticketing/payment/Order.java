package org.ticketing.payment;

import java.util.UUID;

/**
 * What a customer asks for: to pay this reservation.
 *
 * @param key the idempotency key, unique among the payments of the user
 */
record Order(UUID userId, String key, UUID reservationId) {

  /**
   * What a protocol is to carry out.
   *
   * @param amount the reservation's price in points
   */
  PaymentCommand payment(UUID paymentId, long amount) {
    return new PaymentCommand(paymentId, key, userId, reservationId, amount);
  }
}

package org.ticketing.payment;

import java.util.UUID;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;

/**
 * What a payment has to know of a reservation that is held. Neither changes as long as it is.
 *
 * @param price in points
 */
record Terms(UUID userId, long price) {

  /**
   * @throws Refusal the reservation is somebody else's, or not held
   */
  static Terms of(ReservationView reservation, UUID payer) {
    Terms terms = new Terms(reservation.userId(), reservation.price());
    terms.requireOwner(payer);
    reservation.requireHeld();
    return terms;
  }

  /**
   * @throws Refusal {@code not-your-reservation}
   */
  void requireOwner(UUID payer) {
    if (!userId.equals(payer)) {
      throw new Refusal(Reason.NOT_YOUR_RESERVATION, "Somebody else holds this reservation.");
    }
  }
}

package org.ticketing.reservation;

import java.util.UUID;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** Refusals that the lookup of a reservation and its participant have in common. */
final class ReservationRefusals {

  private ReservationRefusals() {}

  static Refusal unknown(UUID reservationId) {
    return new Refusal(
        Reason.UNKNOWN_RESERVATION, "There is no reservation " + reservationId + ".");
  }

  static Refusal notYours() {
    return new Refusal(Reason.NOT_YOUR_RESERVATION, "Somebody else holds this reservation.");
  }

  static Refusal notOnSale() {
    return new Refusal(Reason.NOT_ON_SALE, "The schedule is cancelled or has begun.");
  }

  static Refusal withdrawn() {
    return new Refusal(Reason.USER_WITHDRAWN, "This user has withdrawn.");
  }

  static Refusal expired() {
    return new Refusal(Reason.RESERVATION_EXPIRED, "The time to pay for this seat has run out.");
  }

  static Refusal priceChanged() {
    return new Refusal(Reason.PRICE_CHANGED, "The seat has another price than was to be paid.");
  }

  static Refusal notHeld() {
    return new Refusal(
        Reason.RESERVATION_NOT_HELD, "The reservation is cancelled, being paid or paid.");
  }
}

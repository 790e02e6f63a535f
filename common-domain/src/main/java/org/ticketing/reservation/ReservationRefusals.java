package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.ticketing.platform.Refusal;

/** The ways in which a reservation says no, at the lookup and when it is locked. */
final class ReservationRefusals {

  private ReservationRefusals() {}

  static Refusal unknown(UUID reservationId) {
    return new Refusal(
        "unknown-reservation",
        HttpStatus.NOT_FOUND,
        "There is no reservation " + reservationId + ".");
  }

  static Refusal notYours() {
    return new Refusal(
        "not-your-reservation", HttpStatus.FORBIDDEN, "Somebody else holds this reservation.");
  }

  static Refusal expired() {
    return new Refusal(
        "reservation-expired", HttpStatus.CONFLICT, "The time to pay for this seat has run out.");
  }

  static Refusal notHeld() {
    return new Refusal(
        "reservation-not-held",
        HttpStatus.CONFLICT,
        "The reservation is cancelled, being paid or paid.");
  }
}

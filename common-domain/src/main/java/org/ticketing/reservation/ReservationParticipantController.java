package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.LogField;

@RestController
class ReservationParticipantController implements ReservationParticipantApi {

  private final ReservationParticipant reservations;

  ReservationParticipantController(ReservationParticipant reservations) {
    this.reservations = reservations;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void complete(UUID reservationId, ReservationCompletion completion) {
    LogField.PAYMENT.set(completion.paymentId());
    reservations.complete(completion.paymentId(), reservationId, completion.price());
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void reopen(UUID reservationId, ReservationPayment payment) {
    LogField.PAYMENT.set(payment.paymentId());
    reservations.reopen(payment.paymentId(), reservationId);
  }
}

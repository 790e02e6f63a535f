package org.ticketing.reservation;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.Caller;

@RestController
class ReservationController implements ReservationApi {

  private final ReservationService reservations;
  private final HoldingSeat holding;

  ReservationController(ReservationService reservations, HoldingSeat holding) {
    this.reservations = reservations;
    this.holding = holding;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ReservationView reserve(String key, ReservationRequest request) {
    return holding.hold(Caller.userId(), key, request);
  }

  @Override
  public ReservationView find(UUID reservationId) {
    ReservationView reservation = reservations.find(reservationId);
    if (!Caller.mayActFor(reservation.userId())) {
      throw ReservationRefusals.notYours();
    }
    return reservation;
  }

  @Override
  public List<ReservationView> ofUser(UUID userId, boolean live, int page, int size) {
    UUID owner = userId == null ? Caller.userId() : userId;
    if (!Caller.mayActFor(owner)) {
      throw ReservationRefusals.notYours();
    }
    return reservations.ofUser(owner, live, page, size);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancel(UUID reservationId) {
    find(reservationId);
    reservations.cancel(reservationId);
  }

  @Override
  public List<ReservationView> findAll(List<UUID> reservationIds) {
    return reservations.findAll(reservationIds);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void giveBack(UUID reservationId, RefundedPayment payment) {
    reservations.giveBack(reservationId, payment.paymentId());
  }
}

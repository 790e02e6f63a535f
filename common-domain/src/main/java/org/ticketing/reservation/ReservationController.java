package org.ticketing.reservation;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Caller;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.queue.AdmissionApi;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.user.UserApi;

@RestController
class ReservationController implements ReservationApi {

  private final ReservationService reservations;
  private final UserApi users;
  private final SeatApi seats;
  private final ConcertApi concerts;
  private final AdmissionApi queue;
  private final boolean queueEnforced;

  ReservationController(
      ReservationService reservations,
      UserApi users,
      SeatApi seats,
      ConcertApi concerts,
      AdmissionApi queue,
      @Value("${ticketing.queue.enforced}") boolean queueEnforced) {
    this.queue = queue;
    this.queueEnforced = queueEnforced;
    this.reservations = reservations;
    this.users = users;
    this.seats = seats;
    this.concerts = concerts;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ReservationView reserve(ReservationRequest request) {
    UUID userId = Caller.userId();
    users.find(userId).requireActive();
    SeatPrice seat = seats.find(request.seatId());
    if (!concerts.findSchedule(seat.scheduleId()).onSale()) {
      throw new Refusal(Reason.NOT_ON_SALE, "Seats of this schedule are not on sale.");
    }
    if (queueEnforced && !queue.admission(userId, seat.scheduleId()).admitted()) {
      throw new Refusal(
          Reason.NOT_ADMITTED, "Take a queue token for this schedule and wait until it is active.");
    }
    return reservations.reserve(userId, seat, request.holdFor());
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
  public Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }
}

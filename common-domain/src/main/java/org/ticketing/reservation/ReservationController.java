package org.ticketing.reservation;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Refusal;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.user.UserApi;

@RestController
class ReservationController implements ReservationApi {

  private final ReservationService reservations;
  private final UserApi users;
  private final SeatApi seats;
  private final ConcertApi concerts;

  ReservationController(
      ReservationService reservations, UserApi users, SeatApi seats, ConcertApi concerts) {
    this.reservations = reservations;
    this.users = users;
    this.seats = seats;
    this.concerts = concerts;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ReservationView reserve(ReservationRequest request) {
    users.find(request.userId()).requireActive();
    SeatPrice seat = seats.find(request.seatId());
    if (!concerts.findSchedule(seat.scheduleId()).onSale()) {
      throw new Refusal(
          "not-on-sale", HttpStatus.CONFLICT, "Seats of this schedule are not on sale.");
    }
    return reservations.reserve(request.userId(), seat, request.holdFor());
  }

  @Override
  public ReservationView find(UUID reservationId) {
    return reservations.find(reservationId);
  }

  @Override
  public List<ReservationView> ofUser(UUID userId) {
    return reservations.ofUser(userId);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancel(UUID reservationId) {
    reservations.cancel(reservationId);
  }

  @Override
  public Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }
}

package org.ticketing.seat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;
import org.ticketing.reservation.ReservationApi;

@RestController
class SeatController implements SeatApi {

  private final SeatService seats;
  private final ConcertApi concerts;
  private final ReservationApi reservations;

  /** Lazy, because reservations ask for seats too, in the monolith as bean to bean. */
  SeatController(SeatService seats, ConcertApi concerts, @Lazy ReservationApi reservations) {
    this.seats = seats;
    this.concerts = concerts;
    this.reservations = reservations;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public LayoutView layOut(UUID scheduleId, Layout layout) {
    concerts.findSchedule(scheduleId);
    return seats.layOut(scheduleId, layout);
  }

  @Override
  public List<SeatView> seats(UUID scheduleId, boolean onlyFree) {
    concerts.findSchedule(scheduleId);
    Set<UUID> occupied = reservations.occupiedSeats(scheduleId);
    return seats.ofSchedule(scheduleId).stream()
        .map(seat -> seat.view(!occupied.contains(seat.id())))
        .filter(seat -> seat.free() || !onlyFree)
        .toList();
  }

  @Override
  public SeatPrice find(UUID seatId) {
    return seats.find(seatId);
  }
}

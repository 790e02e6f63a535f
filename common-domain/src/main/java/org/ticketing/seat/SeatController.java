package org.ticketing.seat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;

@RestController
class SeatController implements SeatApi {

  private final SeatService seats;
  private final ConcertApi concerts;
  private final Occupancy occupancy;

  SeatController(SeatService seats, ConcertApi concerts, Occupancy occupancy) {
    this.seats = seats;
    this.concerts = concerts;
    this.occupancy = occupancy;
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
    Set<UUID> occupied = occupancy.of(scheduleId);
    return seats.ofSchedule(scheduleId).stream()
        .map(seat -> occupied.contains(seat.id()) ? seat.taken() : seat)
        .filter(seat -> seat.free() || !onlyFree)
        .toList();
  }

  @Override
  public SeatPrice find(UUID seatId) {
    return seats.find(seatId);
  }
}

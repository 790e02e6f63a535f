package org.ticketing.seat;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SeatController implements SeatApi {

  private final SeatService seats;

  SeatController(SeatService seats) {
    this.seats = seats;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public LayoutView layOut(UUID scheduleId, Layout layout) {
    return seats.layOut(scheduleId, layout);
  }

  @Override
  public List<SeatView> seats(UUID scheduleId, boolean onlyFree) {
    return seats.ofSchedule(scheduleId, onlyFree);
  }

  @Override
  public SeatPrice find(UUID seatId) {
    return seats.find(seatId);
  }
}

package org.ticketing.seat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.LayoutView;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.seat.SeatApi.SeatView;

/** Seats of existing schedules, and which of them are free. */
@Service
class SeatService {

  private final SeatRepository seats;
  private final SeatLayouts layouts;
  private final Occupancy occupancy;
  private final ConcertApi concerts;

  SeatService(SeatRepository seats, SeatLayouts layouts, Occupancy occupancy, ConcertApi concerts) {
    this.seats = seats;
    this.layouts = layouts;
    this.occupancy = occupancy;
    this.concerts = concerts;
  }

  LayoutView layOut(UUID scheduleId, Layout layout) {
    concerts.findSchedule(scheduleId);
    return layouts.add(scheduleId, layout);
  }

  List<SeatView> ofSchedule(UUID scheduleId, boolean onlyFree) {
    concerts.findSchedule(scheduleId);
    Set<UUID> occupied = occupancy.of(scheduleId);
    return layouts.ofSchedule(scheduleId).stream()
        .map(seat -> occupied.contains(seat.id()) ? seat.taken() : seat)
        .filter(seat -> seat.free() || !onlyFree)
        .toList();
  }

  SeatPrice find(UUID seatId) {
    return seats
        .find(seatId)
        .orElseThrow(() -> new Refusal(Reason.UNKNOWN_SEAT, "There is no seat " + seatId + "."));
  }
}

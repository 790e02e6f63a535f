package org.ticketing.seat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Refusal;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.LayoutView;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;

@Service
@Transactional
class SeatService {

  private static final int MOST_SEATS = 100_000;

  static final String LAYOUTS = "seat-layouts";

  private final SeatRepository seats;

  SeatService(SeatRepository seats) {
    this.seats = seats;
  }

  @CacheEvict(cacheNames = LAYOUTS, key = "#scheduleId")
  public LayoutView layOut(UUID scheduleId, Layout layout) {
    if (layout.sections().stream().mapToInt(Section::seats).sum() > MOST_SEATS) {
      throw new Refusal(
          "layout-too-large",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "At most " + MOST_SEATS + " seats can be laid out at once.");
    }
    List<Seat> added =
        layout.sections().stream().flatMap(section -> seatsOf(scheduleId, section)).toList();
    try {
      seats.saveAllAndFlush(added);
    } catch (DataIntegrityViolationException exists) {
      throw new Refusal(
          "seat-exists", HttpStatus.CONFLICT, "The schedule has one of these seats already.");
    }
    return new LayoutView(scheduleId, added.size());
  }

  private static Stream<Seat> seatsOf(UUID scheduleId, Section section) {
    return IntStream.rangeClosed(1, section.rows())
        .boxed()
        .flatMap(
            row ->
                IntStream.rangeClosed(1, section.seatsPerRow())
                    .mapToObj(number -> new Seat(scheduleId, section, row, number)));
  }

  /** All of them, as if nobody had taken one. */
  @Cacheable(cacheNames = LAYOUTS, sync = true)
  @Transactional(readOnly = true)
  public List<SeatView> ofSchedule(UUID scheduleId) {
    return seats.findByScheduleIdOrderBySectionAscRowAscNumberAsc(scheduleId).stream()
        .map(Seat::view)
        .toList();
  }

  @Transactional(readOnly = true)
  SeatPrice find(UUID seatId) {
    return seats
        .findById(seatId)
        .map(Seat::price)
        .orElseThrow(
            () ->
                new Refusal(
                    "unknown-seat", HttpStatus.NOT_FOUND, "There is no seat " + seatId + "."));
  }
}

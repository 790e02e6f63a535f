package org.ticketing.seat;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.LayoutView;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;

/** The layouts of schedules, read through a cache. */
@Component
class SeatLayouts {

  private static final int MOST_SEATS = 100_000;

  static final String CACHE = "seat-layouts";

  private final SeatRepository seats;

  SeatLayouts(SeatRepository seats) {
    this.seats = seats;
  }

  /**
   * Adds the sections in the order of their names, so that of two layouts at once, with the same
   * seats, one waits for the other and is refused, instead of each waiting for the other.
   */
  @CacheEvict(cacheNames = CACHE, key = "#scheduleId")
  @Transactional
  public LayoutView add(UUID scheduleId, Layout layout) {
    if (layout.sections().stream().mapToInt(Section::seats).sum() > MOST_SEATS) {
      throw new Refusal(
          Reason.LAYOUT_TOO_LARGE, "At most " + MOST_SEATS + " seats can be laid out at once.");
    }
    try {
      int added =
          layout.sections().stream()
              .sorted(Comparator.comparing(Section::name))
              .mapToInt(section -> seats.add(scheduleId, section))
              .sum();
      return new LayoutView(scheduleId, added);
    } catch (DuplicateKeyException exists) {
      throw new Refusal(Reason.SEAT_EXISTS, "The schedule has one of these seats already.");
    }
  }

  /** All seats of a schedule, by section, row and number, as if all were free. */
  @Cacheable(cacheNames = CACHE, sync = true)
  public List<SeatView> ofSchedule(UUID scheduleId) {
    return seats.ofSchedule(scheduleId);
  }
}

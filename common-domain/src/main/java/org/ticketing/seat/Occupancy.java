package org.ticketing.seat;

import java.util.Set;
import java.util.UUID;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.ticketing.reservation.ReservationApi;

/**
 * Which seats are taken, as reservation said at most {@code ticketing.seat.occupancy-cache-for}
 * ago. However many look at a seat map, reservation is asked once in that time; who reserves a seat
 * that only looked free is refused by reservation itself.
 */
@Component
class Occupancy {

  static final String CACHE = "occupied-seats";

  private final ReservationApi reservations;

  /** Lazy, because reservations ask for seats too, in the monolith as bean to bean. */
  Occupancy(@Lazy ReservationApi reservations) {
    this.reservations = reservations;
  }

  @Cacheable(cacheNames = CACHE, sync = true)
  public Set<UUID> of(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }
}

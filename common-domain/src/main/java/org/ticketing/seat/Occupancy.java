package org.ticketing.seat;

import java.util.Set;
import java.util.UUID;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;

/**
 * Which seats are taken, as the reservation service said at most {@code
 * ticketing.seat.occupancy-cache-for} ago. However many users look at a seat map, the reservation
 * service is asked once in that time. It refuses a seat that only looked free.
 */
@Component
class Occupancy {

  static final String CACHE = "occupied-seats";

  private final OccupiedSeats reservations;

  Occupancy(OccupiedSeats reservations) {
    this.reservations = reservations;
  }

  @Cacheable(cacheNames = CACHE, sync = true)
  public Set<UUID> of(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ScheduleView;

/**
 * The part of a schedule that can be cached. Whether it is on sale depends on the time.
 *
 * @param cancelled whether it or its concert is cancelled
 */
record ScheduledConcert(
    UUID id, UUID concertId, String venue, Instant startsAt, boolean cancelled) {

  ScheduleView view(Instant now) {
    return new ScheduleView(id, concertId, venue, startsAt, !cancelled && now.isBefore(startsAt));
  }
}

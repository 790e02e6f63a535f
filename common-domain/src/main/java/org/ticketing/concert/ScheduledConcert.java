package org.ticketing.concert;

import java.time.Instant;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ScheduleView;

/**
 * What can be remembered of a schedule; whether it is on sale depends on the time.
 *
 * @param cancelled it or its concert is
 */
record ScheduledConcert(
    UUID id, UUID concertId, String venue, Instant startsAt, boolean cancelled) {

  ScheduleView view(Instant now) {
    return new ScheduleView(id, concertId, venue, startsAt, !cancelled && now.isBefore(startsAt));
  }
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ScheduleView;

/**
 * The part of a schedule that can be cached. Whether it is on sale depends on the time.
 *
 * @param cancelled whether it or its concert is cancelled
 * @param version grows with every change; 0 until there was one
 * @param told the version that the owner of the {@link ScheduleCopies} was told of
 */
record ScheduledConcert(
    UUID id,
    UUID concertId,
    String venue,
    Instant startsAt,
    boolean cancelled,
    long version,
    long told) {

  static ScheduledConcert planned(UUID concertId, String venue, Instant startsAt) {
    return new ScheduledConcert(UUID.randomUUID(), concertId, venue, startsAt, false, 0, 0);
  }

  boolean isTold() {
    return told == version;
  }

  ScheduleView view(Instant now) {
    return new ScheduleView(id, concertId, venue, startsAt, !cancelled && now.isBefore(startsAt));
  }
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.UUID;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.stereotype.Service;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Changes concerts and schedules. Each change is one statement, which commits itself, and then
 * clears the caches that show what was changed.
 */
@Service
class ConcertService {

  private final ConcertRepository concerts;
  private final ScheduleRepository schedules;

  ConcertService(ConcertRepository concerts, ScheduleRepository schedules) {
    this.concerts = concerts;
    this.schedules = schedules;
  }

  @CacheEvict(cacheNames = Catalogue.PAGES, allEntries = true)
  public ConcertView create(ConcertDetails details) {
    var concert =
        new ConcertView(
            UUID.randomUUID(), details.title().strip(), details.description().strip(), false);
    concerts.add(concert);
    return concert;
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.CONCERTS},
      allEntries = true)
  public ConcertView change(UUID concertId, ConcertDetails details) {
    return concerts
        .change(concertId, details.title().strip(), details.description().strip())
        .orElseThrow(() -> Catalogue.unknownConcert(concertId));
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.CONCERTS, Catalogue.SCHEDULES},
      allEntries = true)
  public void cancel(UUID concertId) {
    if (!concerts.cancel(concertId)) {
      throw Catalogue.unknownConcert(concertId);
    }
  }

  @CacheEvict(cacheNames = Catalogue.PAGES, allEntries = true)
  public ScheduledConcert schedule(UUID concertId, ScheduleDetails details) {
    ConcertView concert =
        concerts.find(concertId).orElseThrow(() -> Catalogue.unknownConcert(concertId));
    if (concert.cancelled()) {
      throw new Refusal(Reason.CONCERT_CANCELLED, "A cancelled concert gets no schedule.");
    }
    requireOfThisCalendar(details.startsAt());
    var schedule =
        new ScheduledConcert(
            UUID.randomUUID(), concertId, details.venue().strip(), details.startsAt(), false);
    schedules.add(schedule);
    return schedule;
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  public ScheduledConcert changeSchedule(UUID scheduleId, ScheduleDetails details) {
    ScheduledConcert schedule =
        schedules.find(scheduleId).orElseThrow(() -> Catalogue.unknownSchedule(scheduleId));
    requireOfThisCalendar(details.startsAt());
    String venue = details.venue().strip();
    schedules.change(scheduleId, venue, details.startsAt());
    return new ScheduledConcert(
        scheduleId, schedule.concertId(), venue, details.startsAt(), schedule.cancelled());
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  public void cancelSchedule(UUID scheduleId) {
    if (!schedules.cancel(scheduleId)) {
      throw Catalogue.unknownSchedule(scheduleId);
    }
  }

  private static void requireOfThisCalendar(Instant startsAt) {
    if (startsAt.isBefore(Catalogue.BEGIN) || startsAt.isAfter(Catalogue.END)) {
      throw new Refusal(Reason.INVALID_REQUEST, "startsAt must lie in the years 1 to 9999.");
    }
  }
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Changes concerts and schedules, and then clears the caches that show what was changed. With a
 * change of schedules, the jobs are staged that tell of it.
 */
@Service
class ConcertService {

  private final ConcertRepository concerts;
  private final ScheduleRepository schedules;
  private final TellingOfSchedules telling;

  ConcertService(
      ConcertRepository concerts, ScheduleRepository schedules, TellingOfSchedules telling) {
    this.concerts = concerts;
    this.schedules = schedules;
    this.telling = telling;
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

  /** Returns the schedules of the concert. */
  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.CONCERTS, Catalogue.SCHEDULES},
      allEntries = true)
  @Transactional
  public List<UUID> cancel(UUID concertId) {
    if (!concerts.cancel(concertId)) {
      throw Catalogue.unknownConcert(concertId);
    }
    List<UUID> changed = schedules.touchAllOf(concertId);
    telling.stage(changed);
    return changed;
  }

  /** A schedule that is added while its concert is being cancelled waits, and is refused. */
  @CacheEvict(cacheNames = Catalogue.PAGES, allEntries = true)
  @Transactional
  public ScheduledConcert schedule(UUID concertId, ScheduleDetails details) {
    ConcertView concert =
        concerts.share(concertId).orElseThrow(() -> Catalogue.unknownConcert(concertId));
    if (concert.cancelled()) {
      throw new Refusal(Reason.CONCERT_CANCELLED, "A cancelled concert gets no schedule.");
    }
    requireOfThisCalendar(details.startsAt());
    var schedule = ScheduledConcert.planned(concertId, details.venue().strip(), details.startsAt());
    schedules.add(schedule);
    return schedule;
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  @Transactional
  public ScheduledConcert changeSchedule(UUID scheduleId, ScheduleDetails details) {
    requireOfThisCalendar(details.startsAt());
    requireKnown(
        schedules.change(scheduleId, details.venue().strip(), details.startsAt()), scheduleId);
    telling.stage(List.of(scheduleId));
    return schedules.find(scheduleId).orElseThrow();
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  @Transactional
  public void cancelSchedule(UUID scheduleId) {
    requireKnown(schedules.cancel(scheduleId), scheduleId);
    telling.stage(List.of(scheduleId));
  }

  private static void requireKnown(boolean found, UUID scheduleId) {
    if (!found) {
      throw Catalogue.unknownSchedule(scheduleId);
    }
  }

  private static void requireOfThisCalendar(Instant startsAt) {
    if (startsAt.isBefore(Catalogue.BEGIN) || startsAt.isAfter(Catalogue.END)) {
      throw new Refusal(Reason.INVALID_REQUEST, "startsAt must lie in the years 1 to 9999.");
    }
  }
}

package org.ticketing.concert;

import java.time.Instant;
import java.util.UUID;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Refusal;

/** Changes concerts and schedules. Each change, once committed, empties the caches it shows in. */
@Service
@Transactional
class ConcertService {

  private final ConcertRepository concerts;
  private final ScheduleRepository schedules;

  ConcertService(ConcertRepository concerts, ScheduleRepository schedules) {
    this.concerts = concerts;
    this.schedules = schedules;
  }

  @CacheEvict(cacheNames = Catalogue.PAGES, allEntries = true)
  public ConcertView create(ConcertDetails details) {
    return concerts.save(new Concert(details)).view();
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.CONCERTS},
      allEntries = true)
  public ConcertView change(UUID concertId, ConcertDetails details) {
    Concert concert = concert(concertId);
    concert.change(details);
    return concert.view();
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.CONCERTS, Catalogue.SCHEDULES},
      allEntries = true)
  public void cancel(UUID concertId) {
    concert(concertId).cancel();
  }

  @CacheEvict(cacheNames = Catalogue.PAGES, allEntries = true)
  public ScheduledConcert schedule(UUID concertId, ScheduleDetails details) {
    Concert concert = concert(concertId);
    if (concert.isCancelled()) {
      throw new Refusal(
          "concert-cancelled", HttpStatus.CONFLICT, "A cancelled concert gets no schedule.");
    }
    requireOfThisCalendar(details.startsAt());
    return schedules.save(new Schedule(concert, details)).snapshot();
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  public ScheduledConcert changeSchedule(UUID scheduleId, ScheduleDetails details) {
    Schedule schedule = schedule(scheduleId);
    requireOfThisCalendar(details.startsAt());
    schedule.change(details);
    return schedule.snapshot();
  }

  @CacheEvict(
      cacheNames = {Catalogue.PAGES, Catalogue.SCHEDULES},
      allEntries = true)
  public void cancelSchedule(UUID scheduleId) {
    schedule(scheduleId).cancel();
  }

  private static void requireOfThisCalendar(Instant startsAt) {
    if (startsAt.isBefore(Catalogue.BEGIN) || startsAt.isAfter(Catalogue.END)) {
      throw new Refusal(
          "invalid-request", HttpStatus.BAD_REQUEST, "startsAt must lie in the years 1 to 9999.");
    }
  }

  private Concert concert(UUID concertId) {
    return concerts.findById(concertId).orElseThrow(() -> Catalogue.unknownConcert(concertId));
  }

  private Schedule schedule(UUID scheduleId) {
    return schedules.findById(scheduleId).orElseThrow(() -> Catalogue.unknownSchedule(scheduleId));
  }
}

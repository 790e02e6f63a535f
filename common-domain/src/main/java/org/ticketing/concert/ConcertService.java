package org.ticketing.concert;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.platform.Refusal;

@Service
@Transactional
class ConcertService {

  private final ConcertRepository concerts;
  private final ScheduleRepository schedules;
  private final Clock clock;

  ConcertService(ConcertRepository concerts, ScheduleRepository schedules, Clock clock) {
    this.concerts = concerts;
    this.schedules = schedules;
    this.clock = clock;
  }

  ConcertView create(ConcertDetails details) {
    return concerts.save(new Concert(details)).view();
  }

  @Transactional(readOnly = true)
  List<ConcertView> list(int page, int size) {
    return concerts.findAll(PageRequest.of(page, size, Sort.by("title", "id"))).stream()
        .map(Concert::view)
        .toList();
  }

  @Transactional(readOnly = true)
  ConcertView find(UUID concertId) {
    return concert(concertId).view();
  }

  ConcertView change(UUID concertId, ConcertDetails details) {
    Concert concert = concert(concertId);
    concert.change(details);
    return concert.view();
  }

  void cancel(UUID concertId) {
    concert(concertId).cancel();
  }

  ScheduleView schedule(UUID concertId, ScheduleDetails details) {
    Concert concert = concert(concertId);
    if (concert.isCancelled()) {
      throw new Refusal(
          "concert-cancelled", HttpStatus.CONFLICT, "A cancelled concert gets no schedule.");
    }
    return schedules.save(new Schedule(concert, details)).view(clock.instant());
  }

  @Transactional(readOnly = true)
  List<ScheduleView> schedules(UUID concertId) {
    concert(concertId);
    return schedules.findByConcertIdOrderByStartsAt(concertId).stream()
        .map(schedule -> schedule.view(clock.instant()))
        .toList();
  }

  @Transactional(readOnly = true)
  ScheduleView findSchedule(UUID scheduleId) {
    return schedule(scheduleId).view(clock.instant());
  }

  ScheduleView changeSchedule(UUID scheduleId, ScheduleDetails details) {
    Schedule schedule = schedule(scheduleId);
    schedule.change(details);
    return schedule.view(clock.instant());
  }

  void cancelSchedule(UUID scheduleId) {
    schedule(scheduleId).cancel();
  }

  private Concert concert(UUID concertId) {
    return concerts
        .findById(concertId)
        .orElseThrow(
            () ->
                new Refusal(
                    "unknown-concert",
                    HttpStatus.NOT_FOUND,
                    "There is no concert " + concertId + "."));
  }

  private Schedule schedule(UUID scheduleId) {
    return schedules
        .findById(scheduleId)
        .orElseThrow(
            () ->
                new Refusal(
                    "unknown-schedule",
                    HttpStatus.NOT_FOUND,
                    "There is no schedule " + scheduleId + "."));
  }
}

package org.ticketing.concert;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.Catalogue.Search;

@RestController
class ConcertController implements ConcertApi {

  private final ConcertService concerts;
  private final Catalogue catalogue;
  private final TellingOfSchedules telling;
  private final Clock clock;

  ConcertController(
      ConcertService concerts, Catalogue catalogue, TellingOfSchedules telling, Clock clock) {
    this.concerts = concerts;
    this.catalogue = catalogue;
    this.telling = telling;
    this.clock = clock;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ConcertView create(ConcertDetails details) {
    return concerts.create(details);
  }

  @Override
  public List<ConcertView> list(String title, LocalDate from, LocalDate to, int page, int size) {
    return catalogue.concerts(new Search(title, from, to, page, size));
  }

  @Override
  public ConcertView find(UUID concertId) {
    return catalogue.concert(concertId);
  }

  @Override
  public ConcertView change(UUID concertId, ConcertDetails details) {
    return concerts.change(concertId, details);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancel(UUID concertId) {
    telling.tell(concerts.cancel(concertId));
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ScheduleView schedule(UUID concertId, ScheduleDetails details) {
    return view(concerts.schedule(concertId, details));
  }

  @Override
  public List<ScheduleView> schedules(UUID concertId) {
    return catalogue.schedules(concertId).stream().map(this::view).toList();
  }

  @Override
  public ScheduleView findSchedule(UUID scheduleId) {
    return view(catalogue.schedule(scheduleId));
  }

  @Override
  public ScheduleView changeSchedule(UUID scheduleId, ScheduleDetails details) {
    ScheduledConcert changed = concerts.changeSchedule(scheduleId, details);
    telling.tell(List.of(scheduleId));
    return view(changed);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancelSchedule(UUID scheduleId) {
    concerts.cancelSchedule(scheduleId);
    telling.tell(List.of(scheduleId));
  }

  private ScheduleView view(ScheduledConcert schedule) {
    return schedule.view(clock.instant());
  }
}

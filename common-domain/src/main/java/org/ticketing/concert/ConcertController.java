package org.ticketing.concert;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ConcertController implements ConcertApi {

  private final ConcertService concerts;

  ConcertController(ConcertService concerts) {
    this.concerts = concerts;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ConcertView create(ConcertDetails details) {
    return concerts.create(details);
  }

  @Override
  public List<ConcertView> list(int page, int size) {
    return concerts.list(page, size);
  }

  @Override
  public ConcertView find(UUID concertId) {
    return concerts.find(concertId);
  }

  @Override
  public ConcertView change(UUID concertId, ConcertDetails details) {
    return concerts.change(concertId, details);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancel(UUID concertId) {
    concerts.cancel(concertId);
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public ScheduleView schedule(UUID concertId, ScheduleDetails details) {
    return concerts.schedule(concertId, details);
  }

  @Override
  public List<ScheduleView> schedules(UUID concertId) {
    return concerts.schedules(concertId);
  }

  @Override
  public ScheduleView findSchedule(UUID scheduleId) {
    return concerts.findSchedule(scheduleId);
  }

  @Override
  public ScheduleView changeSchedule(UUID scheduleId, ScheduleDetails details) {
    return concerts.changeSchedule(scheduleId, details);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancelSchedule(UUID scheduleId) {
    concerts.cancelSchedule(scheduleId);
  }
}

package org.ticketing.concert;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The copies of schedules by which seats are sold. The service that sells them extends this
 * interface with an HTTP API of its own, and is told of every change.
 *
 * <p>It decides by its copy, because a schedule that it asked about before might be cancelled when
 * it acts. The interface is declared here, by the one who tells, because the one who is told looks
 * up schedules. Calls go both ways; dependencies do not.
 */
public interface ScheduleCopies {

  /**
   * Changes the copy. Idempotent: an older version changes nothing. Once it is told of a
   * cancellation, no seat of the schedule is held or paid any more; the held reservations end and
   * the paid ones are refunded afterwards.
   */
  @PutExchange("/schedules/{scheduleId}")
  void change(
      @PathVariable("scheduleId") UUID scheduleId, @Valid @RequestBody ScheduleVersion version);

  /**
   * @param version grows with every change of the schedule, from 1
   * @param cancelled stays true once it is
   */
  record ScheduleVersion(@Min(1) long version, @NotNull Instant startsAt, boolean cancelled) {}
}

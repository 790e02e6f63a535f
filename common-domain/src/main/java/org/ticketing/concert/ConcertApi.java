package org.ticketing.concert;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Concerts and their schedules. Operators change them, everybody may read them; answers can be as
 * old as {@code ticketing.concert.cache-for}. Unknown ones are refused with {@code unknown-concert}
 * or {@code unknown-schedule}.
 */
@HttpExchange
public interface ConcertApi {

  @PostExchange("/concerts")
  ConcertView create(@Valid @RequestBody ConcertDetails details);

  /**
   * Concerts by title, cancelled ones included.
   *
   * @param title only those whose title contains it, in upper or lower case of any script
   * @param from only those with a schedule on this day (UTC) or later
   * @param to only those with a schedule on this day (UTC) or earlier
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange("/concerts")
  List<ConcertView> list(
      @RequestParam(name = "title", defaultValue = "")
          @Size(max = 200)
          @Pattern(regexp = "\\P{Cntrl}*")
          String title,
      @RequestParam(name = "from", required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate from,
      @RequestParam(name = "to", required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate to,
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  @GetExchange("/concerts/{concertId}")
  ConcertView find(@PathVariable("concertId") UUID concertId);

  @PutExchange("/concerts/{concertId}")
  ConcertView change(
      @PathVariable("concertId") UUID concertId, @Valid @RequestBody ConcertDetails details);

  /** Cancels the concert and thereby all its schedules, as {@link #cancelSchedule}. Idempotent. */
  @DeleteExchange("/concerts/{concertId}")
  void cancel(@PathVariable("concertId") UUID concertId);

  @PostExchange("/concerts/{concertId}/schedules")
  ScheduleView schedule(
      @PathVariable("concertId") UUID concertId, @Valid @RequestBody ScheduleDetails details);

  /** By starting time. */
  @GetExchange("/concerts/{concertId}/schedules")
  List<ScheduleView> schedules(@PathVariable("concertId") UUID concertId);

  @GetExchange("/schedules/{scheduleId}")
  ScheduleView findSchedule(@PathVariable("scheduleId") UUID scheduleId);

  /**
   * Changes the schedule. When this is answered, no seat is sold after the new start. After {@code
   * service-unavailable} it has been changed; those who sell seats are told as soon as they answer.
   */
  @PutExchange("/schedules/{scheduleId}")
  ScheduleView changeSchedule(
      @PathVariable("scheduleId") UUID scheduleId, @Valid @RequestBody ScheduleDetails details);

  /**
   * Cancels the schedule. When this is answered, its seats can be neither held nor paid any more;
   * the held reservations end, and what was paid is refunded soon. After {@code
   * service-unavailable} it has been cancelled; those who sell seats are told as soon as they
   * answer. Idempotent.
   */
  @DeleteExchange("/schedules/{scheduleId}")
  void cancelSchedule(@PathVariable("scheduleId") UUID scheduleId);

  record ConcertDetails(
      @Schema(example = "The Two Generals") @NotBlank @Size(max = 200) String title,
      @Schema(example = "On tour.") @NotNull @Size(max = 2000) String description) {}

  record ConcertView(UUID id, String title, String description, boolean cancelled) {}

  record ScheduleDetails(
      @Schema(example = "City Hall") @NotBlank @Size(max = 200) String venue,
      @Schema(example = "2030-06-01T19:30:00Z") @NotNull Instant startsAt) {}

  /**
   * @param onSale whether neither it nor its concert is cancelled, and it has not begun
   */
  record ScheduleView(UUID id, UUID concertId, String venue, Instant startsAt, boolean onSale) {}
}

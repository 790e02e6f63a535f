package org.ticketing.concert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.platform.Bulkhead;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Timeouts;

/**
 * Reads concerts and schedules through caches, because they are read far more often than changed.
 */
@Component
class Catalogue {

  static final String PAGES = "concert-pages";
  static final String CONCERTS = "concerts";
  static final String SCHEDULES = "schedules";

  /** No concert takes place before the first or after the last of these days. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 30);

  static final Instant BEGIN = FIRST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
  static final Instant END = LAST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC);

  /** The criteria of a search for concerts, and the page that is wanted. */
  record Search(String title, LocalDate from, LocalDate to, int page, int size) {

    /** The pattern for SQL's LIKE, with its three special characters escaped. */
    String pattern() {
      return "%" + title.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    long offset() {
      return (long) page * size;
    }

    boolean anyDay() {
      return from == null && to == null;
    }

    Instant begin() {
      return start(within(from, FIRST_DAY));
    }

    Instant end() {
      return start(within(to, LAST_DAY).plusDays(1));
    }

    private static LocalDate within(LocalDate day, LocalDate otherwise) {
      if (day == null) {
        return otherwise;
      }
      return day.isBefore(FIRST_DAY) ? FIRST_DAY : day.isAfter(LAST_DAY) ? LAST_DAY : day;
    }

    private static Instant start(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  /** Fewer than there are connections: anybody may search, and a search reads all concerts. */
  private static final int SEARCHES_AT_ONCE = 8;

  private static final int SEARCHES_WAITING = 56;

  private final ConcertRepository concerts;
  private final ScheduleRepository schedules;
  private final Bulkhead searches;

  Catalogue(ConcertRepository concerts, ScheduleRepository schedules, Timeouts timeouts) {
    this.concerts = concerts;
    this.schedules = schedules;
    this.searches = new Bulkhead(SEARCHES_AT_ONCE, SEARCHES_WAITING, timeouts.turn());
  }

  @Cacheable(PAGES)
  public List<ConcertView> concerts(Search search) {
    return searches.call(() -> concerts.search(search));
  }

  @Cacheable(CONCERTS)
  public ConcertView concert(UUID concertId) {
    return concerts.find(concertId).orElseThrow(() -> unknownConcert(concertId));
  }

  public List<ScheduledConcert> schedules(UUID concertId) {
    concert(concertId);
    return schedules.ofConcert(concertId);
  }

  @Cacheable(SCHEDULES)
  public ScheduledConcert schedule(UUID scheduleId) {
    return schedules.find(scheduleId).orElseThrow(() -> unknownSchedule(scheduleId));
  }

  static Refusal unknownConcert(UUID concertId) {
    return new Refusal(Reason.UNKNOWN_CONCERT, "There is no concert " + concertId + ".");
  }

  static Refusal unknownSchedule(UUID scheduleId) {
    return new Refusal(Reason.UNKNOWN_SCHEDULE, "There is no schedule " + scheduleId + ".");
  }
}

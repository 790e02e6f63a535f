package org.ticketing.reservation;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.concert.ScheduleCopies.ScheduleVersion;

/**
 * The copies of schedules by which it is decided whether seats are held and paid. A copy is there
 * before the first reservation of its schedule.
 */
@Component
class Schedules {

  private final JdbcClient jdbc;

  Schedules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a schedule as it was looked up. One that is known stays as it is. */
  void add(UUID id, Instant startsAt) {
    jdbc.sql(
            """
            INSERT INTO schedule_copy (id, version, starts_at, cancelled)
            VALUES (:id, 0, :startsAt, false) ON CONFLICT DO NOTHING""")
        .param("id", id)
        .param("startsAt", Timestamp.from(startsAt))
        .update();
  }

  /**
   * Changes the copy, or adds it. Waits for those who are holding a seat of the schedule.
   *
   * @return false if this or a later version is known
   */
  boolean change(UUID id, ScheduleVersion told) {
    int changed =
        jdbc.sql(
                """
                INSERT INTO schedule_copy (id, version, starts_at, cancelled)
                VALUES (:id, :version, :startsAt, :cancelled)
                ON CONFLICT (id) DO UPDATE
                SET version = excluded.version, starts_at = excluded.starts_at,
                    cancelled = excluded.cancelled
                WHERE schedule_copy.version < excluded.version""")
            .param("id", id)
            .param("version", told.version())
            .param("startsAt", Timestamp.from(told.startsAt()))
            .param("cancelled", told.cancelled())
            .update();
    return changed == 1;
  }

  /** Whether the schedule is neither cancelled nor has begun. */
  boolean isOnSale(UUID id, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM schedule_copy
                           WHERE id = :id AND NOT cancelled AND starts_at > :now)""")
        .param("id", id)
        .param("now", Timestamp.from(now))
        .query(Boolean.class)
        .single();
  }
}

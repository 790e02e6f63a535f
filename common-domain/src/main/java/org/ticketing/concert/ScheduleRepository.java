package org.ticketing.concert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Schedules, each read with its concert. */
@Component
class ScheduleRepository {

  private final JdbcClient jdbc;

  ScheduleRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(ScheduledConcert schedule) {
    jdbc.sql(
            """
            INSERT INTO schedule (id, concert_id, venue, starts_at, cancelled)
            VALUES (:id, :concert, :venue, :startsAt, false)""")
        .param("id", schedule.id())
        .param("concert", schedule.concertId())
        .param("venue", schedule.venue())
        .param("startsAt", Timestamp.from(schedule.startsAt()))
        .update();
  }

  Optional<ScheduledConcert> find(UUID id) {
    return jdbc.sql(
            """
            SELECT schedule.id, concert_id, venue, starts_at,
                   schedule.cancelled OR concert.cancelled AS cancelled, version, told
            FROM schedule JOIN concert ON concert.id = concert_id WHERE schedule.id = :id""")
        .param("id", id)
        .query(ScheduleRepository::schedule)
        .optional();
  }

  /** By starting time. */
  List<ScheduledConcert> ofConcert(UUID concertId) {
    return jdbc.sql(
            """
            SELECT schedule.id, concert_id, venue, starts_at,
                   schedule.cancelled OR concert.cancelled AS cancelled, version, told
            FROM schedule JOIN concert ON concert.id = concert_id WHERE concert_id = :concert
            ORDER BY starts_at""")
        .param("concert", concertId)
        .query(ScheduleRepository::schedule)
        .list();
  }

  /**
   * @return false if there is no such schedule
   */
  boolean change(UUID id, String venue, Instant startsAt) {
    int changed =
        jdbc.sql(
                """
                UPDATE schedule
                SET venue = :venue, starts_at = :startsAt, version = version + 1 WHERE id = :id""")
            .param("id", id)
            .param("venue", venue)
            .param("startsAt", Timestamp.from(startsAt))
            .update();
    return changed == 1;
  }

  /**
   * @return false if there is no such schedule
   */
  boolean cancel(UUID id) {
    int cancelled =
        jdbc.sql("UPDATE schedule SET cancelled = true, version = version + 1 WHERE id = :id")
            .param("id", id)
            .update();
    return cancelled == 1;
  }

  /**
   * Gives all schedules of a concert another version, because the concert was cancelled.
   *
   * @return which they are
   */
  List<UUID> touchAllOf(UUID concertId) {
    return jdbc.sql(
            "UPDATE schedule SET version = version + 1 WHERE concert_id = :concert RETURNING id")
        .param("concert", concertId)
        .query(UUID.class)
        .list();
  }

  /**
   * Records that the owner of the copies was told of this version.
   *
   * @return false if there is a later one
   */
  boolean told(UUID id, long version) {
    int told =
        jdbc.sql("UPDATE schedule SET told = :version WHERE id = :id AND version = :version")
            .param("id", id)
            .param("version", version)
            .update();
    return told == 1;
  }

  private static ScheduledConcert schedule(ResultSet schedule, int row) throws SQLException {
    return new ScheduledConcert(
        schedule.getObject("id", UUID.class),
        schedule.getObject("concert_id", UUID.class),
        schedule.getString("venue"),
        schedule.getTimestamp("starts_at").toInstant(),
        schedule.getBoolean("cancelled"),
        schedule.getLong("version"),
        schedule.getLong("told"));
  }
}

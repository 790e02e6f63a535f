package org.ticketing.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.ticketing.queue.AdmissionApi.Ending;
import org.ticketing.queue.QueueApi.Status;

/**
 * Statuses are literals, because a partial index serves no parameter. Rows to update are found as
 * an array, because PostgreSQL, which plans before it knows how few they are, would join them to
 * the whole table.
 */
@Component
class QueueTokenRepository {

  private final JdbcClient jdbc;

  QueueTokenRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a waiting token with the next number of its queue, whose row the caller has locked. */
  QueueToken add(UUID userId, UUID scheduleId, Instant issuedAt) {
    return jdbc.sql(
            """
            WITH next AS (
                UPDATE queue SET last_number = last_number + 1 WHERE schedule_id = :schedule
                RETURNING schedule_id, last_number, admitted_number)
            INSERT INTO queue_token (id, user_id, schedule_id, number, status, issued_at, version)
            SELECT gen_random_uuid(), :user, schedule_id, last_number, 'WAITING', :issuedAt, 0
            FROM next
            RETURNING id, user_id, schedule_id, number, status, active_until,
                      (SELECT admitted_number FROM next)""")
        .param("user", userId)
        .param("schedule", scheduleId)
        .param("issuedAt", Timestamp.from(issuedAt))
        .query(QueueTokenRepository::token)
        .single();
  }

  Optional<QueueToken> find(UUID id) {
    return jdbc.sql(
            """
            SELECT id, user_id, schedule_id, number, status, active_until, admitted_number
            FROM queue_token JOIN queue USING (schedule_id) WHERE id = :id""")
        .param("id", id)
        .query(QueueTokenRepository::token)
        .optional();
  }

  Optional<QueueToken> findLive(UUID userId, UUID scheduleId, Instant now) {
    return jdbc.sql(
            """
            SELECT id, user_id, schedule_id, number, status, active_until, admitted_number
            FROM queue_token JOIN queue USING (schedule_id)
            WHERE user_id = :user AND schedule_id = :schedule
              AND status IN ('WAITING', 'ACTIVE')
              AND (active_until IS NULL OR active_until > :now)""")
        .param("user", userId)
        .param("schedule", scheduleId)
        .param("now", Timestamp.from(now))
        .query(QueueTokenRepository::token)
        .optional();
  }

  boolean isAdmitted(UUID userId, UUID scheduleId, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM queue_token
                           WHERE user_id = :user AND schedule_id = :schedule
                             AND status = 'ACTIVE' AND active_until > :now)""")
        .param("user", userId)
        .param("schedule", scheduleId)
        .param("now", Timestamp.from(now))
        .query((admitted, row) -> admitted.getBoolean(1))
        .single();
  }

  int countActive(UUID scheduleId, Instant now, int atMost) {
    return jdbc.sql(
            """
            SELECT count(*) FROM (SELECT FROM queue_token
                                  WHERE schedule_id = :schedule
                                    AND status = 'ACTIVE' AND active_until > :now
                                  LIMIT :atMost) AS active""")
        .param("schedule", scheduleId)
        .param("now", Timestamp.from(now))
        .param("atMost", atMost)
        .query((count, row) -> count.getInt(1))
        .single();
  }

  /** How many tokens are live, of all schedules. Each number is read from an index of its own. */
  LiveTokens countLive() {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM queue_token WHERE status = 'WAITING') AS waiting,
                   (SELECT count(*) FROM queue_token WHERE status = 'ACTIVE') AS active""")
        .query((count, row) -> new LiveTokens(count.getLong("waiting"), count.getLong("active")))
        .single();
  }

  record LiveTokens(long waiting, long active) {}

  /**
   * Admits the next waiting tokens. Skips one that its customer gives up at this moment; if that
   * fails, it is admitted next.
   *
   * @param after no token up to this number waits; the index leads only to dead rows there, until
   *     they are vacuumed
   */
  void admitNext(UUID scheduleId, long after, int places, Instant until) {
    jdbc.sql(
            """
            UPDATE queue_token SET status = 'ACTIVE', active_until = :until, version = version + 1
            WHERE id = ANY (ARRAY(
                SELECT id FROM queue_token
                WHERE schedule_id = :schedule AND status = 'WAITING' AND number > :after
                ORDER BY number LIMIT :places
                FOR UPDATE SKIP LOCKED))""")
        .param("schedule", scheduleId)
        .param("after", after)
        .param("places", places)
        .param("until", Timestamp.from(until))
        .update();
  }

  void expireAll(Instant now) {
    jdbc.sql(
            """
            UPDATE queue_token SET status = 'EXPIRED', version = version + 1
            WHERE id = ANY (ARRAY(
                SELECT id FROM queue_token WHERE status = 'ACTIVE' AND active_until <= :now
                FOR UPDATE SKIP LOCKED))""")
        .param("now", Timestamp.from(now))
        .update();
  }

  void expireOf(UUID userId, UUID scheduleId, Instant now) {
    jdbc.sql(
            """
            UPDATE queue_token SET status = 'EXPIRED', version = version + 1
            WHERE user_id = :user AND schedule_id = :schedule
              AND status = 'ACTIVE' AND active_until <= :now""")
        .param("user", userId)
        .param("schedule", scheduleId)
        .param("now", Timestamp.from(now))
        .update();
  }

  void leave(UUID id) {
    jdbc.sql(
            """
            UPDATE queue_token SET status = 'LEFT', version = version + 1
            WHERE id = :id AND status IN ('WAITING', 'ACTIVE')""")
        .param("id", id)
        .update();
  }

  void end(List<Ending> endings) {
    jdbc.sql(
            """
            UPDATE queue_token SET status = 'USED', version = version + 1
            WHERE id = ANY (ARRAY(
                SELECT (SELECT id FROM queue_token
                        WHERE user_id = ending.user_id AND schedule_id = ending.schedule_id
                          AND status IN ('WAITING', 'ACTIVE') AND issued_at <= paid_at
                        FOR UPDATE)
                FROM unnest(:users, :schedules, :paidAt)
                  AS ending (user_id, schedule_id, paid_at)))""")
        .param("users", array("uuid", endings, Ending::userId))
        .param("schedules", array("uuid", endings, Ending::scheduleId))
        .param("paidAt", array("timestamptz", endings, Ending::paidAt))
        .update();
  }

  private static SqlArrayValue array(
      String type, List<Ending> endings, Function<Ending, Object> element) {
    return new SqlArrayValue(type, endings.stream().map(element).toArray());
  }

  private static QueueToken token(ResultSet token, int row) throws SQLException {
    Timestamp activeUntil = token.getTimestamp("active_until");
    return new QueueToken(
        token.getObject("id", UUID.class),
        token.getObject("user_id", UUID.class),
        token.getObject("schedule_id", UUID.class),
        token.getLong("number"),
        Status.valueOf(token.getString("status")),
        activeUntil == null ? null : activeUntil.toInstant(),
        token.getLong("admitted_number"));
  }
}

package org.ticketing.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionFilter.Show;

/** The record of payments as operators look through it: the latest first, from place to place. */
@Component
class RecordedPayments {

  /**
   * @param key of idempotency
   * @param finishedAt null while it is REQUESTED
   */
  record Recorded(Payment payment, String key, Instant finishedAt) {

    UUID id() {
      return payment.id();
    }
  }

  /**
   * How many payments ended in a second for the same reason.
   *
   * @param reason null if they completed
   */
  record Ended(Instant second, String reason, long count) {}

  private final JdbcClient jdbc;

  RecordedPayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Recorded> find(UUID id) {
    return findAll(List.of(id)).stream().findFirst();
  }

  List<Recorded> findAll(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql("SELECT * FROM payment WHERE id IN (:ids)")
            .param("ids", ids)
            .query(RecordedPayments::recorded)
            .list();
  }

  /** Those that are REQUESTED, but for accepted ones that wait; the latest first. */
  List<Recorded> requested(int limit) {
    return jdbc.sql(
            """
            SELECT * FROM payment WHERE finished_at IS NULL AND amount IS NOT NULL
            ORDER BY requested_at DESC, id DESC LIMIT :limit""")
        .param("limit", limit)
        .query(RecordedPayments::recorded)
        .list();
  }

  /**
   * The next of those that the filter shows. Of slow ones, these are finished. Ids are compared as
   * {@link Place} does.
   *
   * @param after null to begin with the latest
   */
  List<Recorded> list(TransactionFilter filter, Place after, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    List<String> conditions = new ArrayList<>(List.of("true"));
    if (filter.show() == Show.FAILED) {
      conditions.add("failure_reason IN ('service-unavailable', 'payment-cancelled')");
    }
    if (filter.show() == Show.SLOW) {
      conditions.add("finished_at - requested_at > interval '1 second'");
    }
    wanted("user_id = :user", "user", filter.user(), conditions, parameters);
    wanted("id = :payment", "payment", filter.payment(), conditions, parameters);
    wanted("idempotency_key = :key", "key", filter.key(), conditions, parameters);
    wanted("requested_at >= :from", "from", time(filter.from()), conditions, parameters);
    wanted("requested_at < :to", "to", time(filter.to()), conditions, parameters);
    // Of a reservation, completed payments and failed ones have an index each. The others are few.
    wanted(
        """
        (reservation_id = :reservation AND status = 'COMPLETED'
         OR reservation_id = :reservation AND status = 'FAILED'
         OR reservation_id = :reservation AND finished_at IS NULL)""",
        "reservation",
        filter.reservation(),
        conditions,
        parameters);
    if (after != null) {
      conditions.add("requested_at <= :at");
      conditions.add("(requested_at < :at OR CAST(id AS text) COLLATE \"C\" < :id)");
      parameters.put("at", time(after.at()));
      parameters.put("id", after.id());
    }
    return jdbc.sql(
            """
            SELECT * FROM payment WHERE %s
            ORDER BY requested_at DESC, id DESC LIMIT :limit"""
                .formatted(String.join(" AND ", conditions)))
        .params(parameters)
        .param("limit", limit)
        .query(RecordedPayments::recorded)
        .list();
  }

  private static void wanted(
      String condition,
      String name,
      Object value,
      List<String> conditions,
      Map<String, Object> parameters) {
    if (value != null) {
      conditions.add(condition);
      parameters.put(name, value);
    }
  }

  private static Timestamp time(Instant time) {
    return time == null ? null : Timestamp.from(time);
  }

  /** What has ended since then. */
  List<Ended> endedSince(Instant since) {
    return jdbc.sql(
            """
            SELECT date_trunc('second', finished_at) AS second, failure_reason, count(*) AS count
            FROM payment WHERE finished_at >= :since GROUP BY 1, 2""")
        .param("since", time(since))
        .query(
            (row, number) ->
                new Ended(
                    row.getTimestamp("second").toInstant(),
                    row.getString("failure_reason"),
                    row.getLong("count")))
        .list();
  }

  private static Recorded recorded(ResultSet row, int number) throws SQLException {
    Timestamp finishedAt = row.getTimestamp("finished_at");
    return new Recorded(
        Payments.payment(row, number),
        row.getString("idempotency_key"),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}

package org.ticketing.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** What became of each payment. A key of a user belongs to the payment that was recorded first. */
@Component
class Payments {

  private final JdbcClient jdbc;

  Payments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds one that is REQUESTED.
   *
   * @return false if it, or another with its key, is there already
   */
  boolean add(PaymentCommand payment, Instant now) {
    int added =
        jdbc.sql(
                """
                INSERT INTO payment
                  (id, idempotency_key, user_id, reservation_id, amount, status, requested_at)
                VALUES (:id, :key, :user, :reservation, :amount, 'REQUESTED', :now)
                ON CONFLICT DO NOTHING""")
            .param("id", payment.paymentId())
            .param("key", payment.idempotencyKey())
            .param("user", payment.userId())
            .param("reservation", payment.reservationId())
            .param("amount", payment.amount())
            .param("now", Timestamp.from(now))
            .update();
    return added == 1;
  }

  /**
   * Adds one that has FAILED before it was recorded.
   *
   * @param amount null if it is not known
   * @return none if it, or another with its key, is there already
   */
  Optional<Payment> addFailed(UUID id, Order order, Long amount, Refusal why, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO payment
              (id, idempotency_key, user_id, reservation_id, amount, status,
               failure_reason, failure_detail, requested_at, finished_at)
            VALUES (:id, :key, :user, :reservation, :amount, 'FAILED',
                    :reason, :detail, :now, :now)
            ON CONFLICT DO NOTHING RETURNING *""")
        .param("id", id)
        .param("key", order.key())
        .param("user", order.userId())
        .param("reservation", order.reservationId())
        .param("amount", amount, Types.BIGINT)
        .param("reason", why.reason().id())
        .param("detail", why.getMessage())
        .param("now", Timestamp.from(now))
        .query(Payments::payment)
        .optional();
  }

  /**
   * REQUESTED becomes COMPLETED, and its followers are to be told.
   *
   * @return false if it is not REQUESTED
   */
  boolean complete(UUID id, Instant now) {
    int completed =
        jdbc.sql(
                """
                WITH completed AS (
                  UPDATE payment SET status = 'COMPLETED', finished_at = :now
                  WHERE id = :id AND status = 'REQUESTED' RETURNING id)
                INSERT INTO follow_up (payment_id) SELECT id FROM completed""")
            .param("now", Timestamp.from(now))
            .param("id", id)
            .update();
    return completed == 1;
  }

  /**
   * Any but a COMPLETED payment becomes FAILED.
   *
   * @return none if there is no such payment
   */
  Optional<Payment> refuse(UUID id, Refusal why, Instant now) {
    return fail(id, "COMPLETED", why, now);
  }

  /** Any payment becomes FAILED; one that has failed keeps its reason. */
  void undo(UUID id, Refusal why, Instant now) {
    fail(id, "FAILED", why, now);
  }

  private Optional<Payment> fail(UUID id, String unless, Refusal why, Instant now) {
    return jdbc.sql(
            """
            UPDATE payment SET
              status = 'FAILED', failure_reason = :reason, failure_detail = :detail,
              finished_at = :now
            WHERE id = :id AND status <> :unless RETURNING *""")
        .param("reason", why.reason().id())
        .param("detail", why.getMessage())
        .param("now", Timestamp.from(now))
        .param("id", id)
        .param("unless", unless)
        .query(Payments::payment)
        .optional();
  }

  Optional<Payment> find(UUID id) {
    return jdbc.sql("SELECT * FROM payment WHERE id = :id")
        .param("id", id)
        .query(Payments::payment)
        .optional();
  }

  Optional<Payment> withKey(UUID userId, String key) {
    return jdbc.sql("SELECT * FROM payment WHERE user_id = :user AND idempotency_key = :key")
        .param("user", userId)
        .param("key", key)
        .query(Payments::payment)
        .optional();
  }

  /** The latest first. */
  List<Payment> ofUser(UUID userId, int page, int size) {
    return jdbc.sql(
            """
            SELECT * FROM payment WHERE user_id = :user
            ORDER BY requested_at DESC, id LIMIT :size OFFSET :offset""")
        .param("user", userId)
        .param("size", size)
        .param("offset", (long) page * size)
        .query(Payments::payment)
        .list();
  }

  private static Payment payment(ResultSet row, int number) throws SQLException {
    return new Payment(
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getObject("reservation_id", UUID.class),
        row.getObject("amount", Long.class),
        Status.valueOf(row.getString("status")),
        refusal(row),
        row.getTimestamp("requested_at").toInstant());
  }

  private static Refusal refusal(ResultSet row) throws SQLException {
    String reason = row.getString("failure_reason");
    return reason == null
        ? null
        : new Refusal(Reason.of(reason).orElseThrow(), row.getString("failure_detail"));
  }
}

package org.ticketing.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** The record of payments. A user's key belongs to the payment that is recorded first. */
@Component
class Payments {

  private final JdbcClient jdbc;
  private final Clock clock;

  Payments(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds a payment that is REQUESTED.
   *
   * @return false if it, or another with its key, is recorded already
   */
  boolean add(PaymentCommand payment) {
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
            .param("now", now())
            .update();
    return added == 1;
  }

  /**
   * Gives a payment that was accepted, and that no attempt has recorded yet, its amount: an attempt
   * has then recorded it.
   *
   * @return false if there is no such payment. Of attempts that do this at the same time, one has
   *     the others wait until its transaction has ended
   */
  boolean record(PaymentCommand accepted) {
    int recorded =
        jdbc.sql(
                """
                UPDATE payment SET amount = :amount, attempted_at = :now
                WHERE id = :id AND status = 'REQUESTED' AND amount IS NULL""")
            .param("amount", accepted.amount())
            .param("now", now())
            .param("id", accepted.paymentId())
            .update();
    return recorded == 1;
  }

  /** An accepted payment that no attempt has recorded becomes FAILED. */
  void giveUp(UUID id, Refusal why) {
    jdbc.sql(
            """
            UPDATE payment SET
              status = 'FAILED', failure_reason = :reason, failure_detail = :detail,
              finished_at = :now
            WHERE id = :id AND status = 'REQUESTED' AND amount IS NULL""")
        .param("reason", why.reason().id())
        .param("detail", why.getMessage())
        .param("now", now())
        .param("id", id)
        .update();
  }

  /**
   * Adds a payment that FAILED before it was recorded.
   *
   * @param amount null if the price is not known
   * @return empty if the payment, or another with its key, is recorded already
   */
  Optional<Payment> addFailed(UUID id, Order order, Long amount, Refusal why) {
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
        .param("now", now())
        .query(Payments::payment)
        .optional();
  }

  /**
   * REQUESTED becomes COMPLETED, and its follow-up is staged, in one statement.
   *
   * @return false if the payment is not REQUESTED
   */
  boolean complete(UUID id) {
    int completed =
        jdbc.sql(
                """
                WITH completed AS (
                  UPDATE payment SET status = 'COMPLETED', finished_at = :now
                  WHERE id = :id AND status = 'REQUESTED' RETURNING id)
                INSERT INTO follow_up (payment_id) SELECT id FROM completed""")
            .param("now", now())
            .param("id", id)
            .update();
    return completed == 1;
  }

  /**
   * Records why a payment failed, unless it has ended. One that is not recorded, or not any more,
   * is added.
   *
   * @return the payment as it is recorded now
   * @throws DuplicatePayment another payment of this user has the key
   */
  @Transactional
  Payment fail(UUID id, Order order, Refusal why) {
    return becomeFailed(id, why, Status.REQUESTED)
        .or(() -> addFailed(id, order, null, why))
        .or(() -> find(id))
        .orElseThrow(DuplicatePayment::new);
  }

  /**
   * Records why a payment failed, unless an attempt has recorded it. One that is not recorded at
   * all is added.
   *
   * @return the payment as it is recorded now
   * @throws DuplicatePayment another payment of this user has the key
   */
  @Transactional
  Payment failUnrecorded(UUID id, Order order, Refusal why) {
    giveUp(id, why);
    return addFailed(id, order, null, why).or(() -> find(id)).orElseThrow(DuplicatePayment::new);
  }

  /** A REQUESTED or COMPLETED payment becomes FAILED. One that has FAILED keeps its reason. */
  void cancel(UUID id, Refusal why) {
    becomeFailed(id, why, Status.REQUESTED, Status.COMPLETED);
  }

  /**
   * REQUESTED becomes FAILED.
   *
   * @return false if the payment is not REQUESTED
   */
  boolean failRequested(UUID id, Refusal why) {
    return becomeFailed(id, why, Status.REQUESTED).isPresent();
  }

  /** Those of them that are not REQUESTED any more. */
  List<Payment> ended(Set<UUID> ids) {
    return jdbc.sql("SELECT * FROM payment WHERE id IN (:ids) AND finished_at IS NOT NULL")
        .param("ids", ids)
        .query(Payments::payment)
        .list();
  }

  /**
   * Those that an attempt has recorded before then and that are still REQUESTED, the oldest first.
   */
  List<Payment> requestedBefore(Instant then, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM payment
            WHERE finished_at IS NULL AND amount IS NOT NULL
              AND coalesce(attempted_at, requested_at) < :then
            ORDER BY requested_at LIMIT :limit""")
        .param("then", Timestamp.from(then))
        .param("limit", limit)
        .query(Payments::payment)
        .list();
  }

  private Optional<Payment> becomeFailed(UUID id, Refusal why, Status... from) {
    return jdbc.sql(
            """
            UPDATE payment SET
              status = 'FAILED', failure_reason = :reason, failure_detail = :detail,
              finished_at = :now
            WHERE id = :id AND status IN (:from) RETURNING *""")
        .param("reason", why.reason().id())
        .param("detail", why.getMessage())
        .param("now", now())
        .param("id", id)
        .param("from", Stream.of(from).map(Enum::name).toList())
        .query(Payments::payment)
        .optional();
  }

  /**
   * Records that a COMPLETED payment was refunded, and stages the follow-up that tells of it. The
   * request for the refund is removed. All of it in one statement.
   */
  void refunded(UUID id) {
    jdbc.sql(
            """
            WITH refunded AS (
              UPDATE payment SET refunded_at = :now
              WHERE id = :id AND status = 'COMPLETED' AND refunded_at IS NULL RETURNING id),
            done AS (DELETE FROM refund WHERE payment_id = :id)
            INSERT INTO follow_up (payment_id, refunded) SELECT id, true FROM refunded""")
        .param("now", now())
        .param("id", id)
        .update();
  }

  boolean hasRequested(UUID userId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM payment WHERE user_id = :user AND status = 'REQUESTED')""")
        .param("user", userId)
        .query(Boolean.class)
        .single();
  }

  /** The COMPLETED payments of a user that still have follow-ups. */
  Set<UUID> justCompleted(UUID userId) {
    return jdbc.sql(
            """
            SELECT id FROM payment JOIN follow_up ON payment_id = id
            WHERE user_id = :user AND status = 'COMPLETED'""")
        .param("user", userId)
        .query(UUID.class)
        .set();
  }

  Optional<Payment> find(UUID id) {
    return jdbc.sql("SELECT * FROM payment WHERE id = :id")
        .param("id", id)
        .query(Payments::payment)
        .optional();
  }

  List<Payment> findAll(Collection<UUID> ids) {
    return jdbc.sql("SELECT * FROM payment WHERE id = ANY (:ids)")
        .param("ids", new SqlArrayValue("uuid", ids.toArray()))
        .query(Payments::payment)
        .list();
  }

  Optional<Payment> withKeyOf(Order order) {
    return jdbc.sql("SELECT * FROM payment WHERE user_id = :user AND idempotency_key = :key")
        .param("user", order.userId())
        .param("key", order.key())
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

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  static Payment payment(ResultSet row, int number) throws SQLException {
    Timestamp refundedAt = row.getTimestamp("refunded_at");
    return new Payment(
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getObject("reservation_id", UUID.class),
        row.getObject("amount", Long.class),
        Status.valueOf(row.getString("status")),
        refusal(row),
        row.getTimestamp("requested_at").toInstant(),
        refundedAt == null ? null : refundedAt.toInstant());
  }

  private static Refusal refusal(ResultSet row) throws SQLException {
    String reason = row.getString("failure_reason");
    return reason == null
        ? null
        : new Refusal(Reason.of(reason).orElseThrow(), row.getString("failure_detail"));
  }
}

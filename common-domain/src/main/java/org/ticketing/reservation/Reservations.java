package org.ticketing.reservation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;

/** The reservations: who has, or had, which seat. */
@Component
class Reservations {

  private final JdbcClient jdbc;

  Reservations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a reservation that is HELD. Shares the locks of its schedule and its customer, so that
   * neither is closed meanwhile. This first looks for one that is live, which does not wait for its
   * lock: the index would wait for whatever is becoming of it, and under two-phase commit a payment
   * that is in doubt would keep everybody waiting who wants the seat.
   *
   * @param key of idempotency, or null
   * @return false if the seat has a live reservation, the user has one with the key, the schedule
   *     is not on sale, or the customer is closed
   */
  boolean add(ReservationView reservation, String key, Instant createdAt) {
    int added =
        jdbc.sql(
                """
                INSERT INTO reservation
                  (id, user_id, schedule_id, seat_id, price, status, held_until,
                   idempotency_key, created_at)
                SELECT :id, user_id, schedule_copy.id, :seat, :price, 'HELD',
                       CAST(:heldUntil AS timestamptz), CAST(:key AS varchar),
                       CAST(:createdAt AS timestamptz)
                FROM schedule_copy, customer
                WHERE schedule_copy.id = :schedule AND NOT cancelled AND starts_at > :createdAt
                  AND user_id = :user AND NOT closed
                  AND NOT EXISTS (
                    SELECT 1 FROM reservation
                    WHERE seat_id = :seat AND status IN ('HELD', 'PAYING', 'CONFIRMED'))
                FOR SHARE OF schedule_copy, customer
                ON CONFLICT DO NOTHING""")
            .param("id", reservation.id())
            .param("user", reservation.userId())
            .param("schedule", reservation.scheduleId())
            .param("seat", reservation.seatId())
            .param("price", reservation.price())
            .param("heldUntil", Timestamp.from(reservation.heldUntil()))
            .param("key", key, Types.VARCHAR)
            .param("createdAt", Timestamp.from(createdAt))
            .update();
    return added == 1;
  }

  Optional<ReservationView> withKey(UUID userId, String key) {
    return jdbc.sql("SELECT * FROM reservation WHERE user_id = :user AND idempotency_key = :key")
        .param("user", userId)
        .param("key", key)
        .query(Reservations::view)
        .optional();
  }

  /** The live reservation of the seat. */
  Optional<ReservationView> liveOn(UUID seatId) {
    return jdbc.sql(
            """
            SELECT * FROM reservation
            WHERE seat_id = :seat AND status IN ('HELD', 'PAYING', 'CONFIRMED')""")
        .param("seat", seatId)
        .query(Reservations::view)
        .optional();
  }

  Optional<ReservationView> find(UUID id) {
    return jdbc.sql("SELECT * FROM reservation WHERE id = :id")
        .param("id", id)
        .query(Reservations::view)
        .optional();
  }

  Optional<ReservationView> lock(UUID id) {
    return jdbc.sql("SELECT * FROM reservation WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Reservations::view)
        .optional();
  }

  /** The reservation that is PAYING by this payment. */
  Optional<UUID> payingBy(UUID paymentId) {
    return jdbc.sql("SELECT id FROM reservation WHERE payment_id = :payment AND status = 'PAYING'")
        .param("payment", paymentId)
        .query(UUID.class)
        .optional();
  }

  List<ReservationView> findAll(Collection<UUID> ids) {
    return jdbc.sql("SELECT * FROM reservation WHERE id = ANY (CAST(:ids AS uuid[]))")
        .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
        .query(Reservations::view)
        .list();
  }

  /** The latest first. */
  List<ReservationView> ofUser(UUID userId, Collection<Status> statuses, int page, int size) {
    return jdbc.sql(
            """
            SELECT * FROM reservation WHERE user_id = :user AND status = ANY (:statuses)
            ORDER BY created_at DESC, id LIMIT :size OFFSET :offset""")
        .param("user", userId)
        .param("statuses", statuses.stream().map(Status::name).toArray(String[]::new))
        .param("size", size)
        .param("offset", (long) page * size)
        .query(Reservations::view)
        .list();
  }

  Set<UUID> occupiedSeats(UUID scheduleId, Instant now) {
    return jdbc.sql(
            """
            SELECT seat_id FROM reservation
            WHERE schedule_id = :schedule
              AND (status IN ('PAYING', 'CONFIRMED') OR status = 'HELD' AND held_until > :now)""")
        .param("schedule", scheduleId)
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .set();
  }

  /**
   * HELD becomes PAYING or CONFIRMED, if the hold has not run out, the payment has left no
   * tombstone, the price is this, and the schedule is on sale.
   *
   * @param price any if null
   * @return whether it did
   */
  boolean claim(UUID id, UUID paymentId, Long price, Status status, Instant now) {
    int claimed =
        jdbc.sql(
                """
                UPDATE reservation SET status = :status, payment_id = :payment
                FROM schedule_copy
                WHERE reservation.id = :id AND status = 'HELD' AND held_until > :now
                  AND :payment <> ALL (tombstones)
                  AND price = coalesce(CAST(:price AS bigint), price)
                  AND schedule_copy.id = schedule_id AND NOT cancelled AND starts_at > :now""")
            .param("status", status.name())
            .param("payment", paymentId)
            .param("id", id)
            .param("price", price, Types.BIGINT)
            .param("now", Timestamp.from(now))
            .update();
    return claimed == 1;
  }

  /**
   * PAYING by this payment becomes CONFIRMED.
   *
   * @return whether it did
   */
  boolean confirm(UUID id, UUID paymentId) {
    int confirmed =
        jdbc.sql(
                """
                UPDATE reservation SET status = 'CONFIRMED'
                WHERE id = :id AND status = 'PAYING' AND payment_id = :payment""")
            .param("id", id)
            .param("payment", paymentId)
            .update();
    return confirmed == 1;
  }

  /**
   * PAYING or CONFIRMED by this payment becomes HELD again, until the same time as before. In any
   * case leaves a tombstone, so that the payment's step is refused if it arrives later: nothing
   * would undo it any more.
   *
   * @param done the status into which the step has brought it
   */
  void undo(UUID id, UUID paymentId, Status done) {
    jdbc.sql(
            """
            UPDATE reservation SET
              status = CASE WHEN status = :done AND payment_id = :payment
                            THEN 'HELD' ELSE status END,
              payment_id = CASE WHEN status = :done AND payment_id = :payment
                                THEN NULL ELSE payment_id END,
              tombstones = array_remove(tombstones, :payment) || :payment
            WHERE id = :id""")
        .param("done", done.name())
        .param("payment", paymentId)
        .param("id", id)
        .update();
  }

  boolean hasTombstone(UUID id, UUID paymentId) {
    return jdbc.sql("SELECT :payment = ANY (tombstones) FROM reservation WHERE id = :id")
        .param("payment", paymentId)
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  void cancel(UUID id) {
    jdbc.sql("UPDATE reservation SET status = 'CANCELLED' WHERE id = :id").param("id", id).update();
  }

  /** Cancels what is HELD of a schedule. Skips rows that a payment has locked. */
  void cancelAllHeld(UUID scheduleId) {
    jdbc.sql(
            """
            UPDATE reservation SET status = 'CANCELLED'
            WHERE id = ANY (ARRAY(
                SELECT id FROM reservation WHERE schedule_id = :schedule AND status = 'HELD'
                FOR UPDATE SKIP LOCKED))""")
        .param("schedule", scheduleId)
        .update();
  }

  /** The payments that have confirmed reservations of a schedule. */
  List<UUID> paymentsOf(UUID scheduleId) {
    return jdbc.sql(
            """
            SELECT payment_id FROM reservation
            WHERE schedule_id = :schedule AND status = 'CONFIRMED'""")
        .param("schedule", scheduleId)
        .query(UUID.class)
        .list();
  }

  boolean hasLive(UUID scheduleId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM reservation
                           WHERE schedule_id = :schedule
                             AND status IN ('HELD', 'PAYING', 'CONFIRMED'))""")
        .param("schedule", scheduleId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether the user has seats that are not paid yet, or tickets for what has not begun or is to be
   * refunded.
   */
  boolean hasSomethingAhead(UUID userId, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM reservation
                           JOIN schedule_copy ON schedule_copy.id = schedule_id
                           WHERE user_id = :user
                             AND (status IN ('HELD', 'PAYING')
                                  OR status = 'CONFIRMED' AND (cancelled OR starts_at > :now)))""")
        .param("user", userId)
        .param("now", Timestamp.from(now))
        .query(Boolean.class)
        .single();
  }

  /**
   * CONFIRMED by this payment becomes CANCELLED, and goes on naming the payment.
   *
   * @return whether it did
   */
  boolean cancelPaid(UUID id, UUID paymentId) {
    int cancelled =
        jdbc.sql(
                """
                UPDATE reservation SET status = 'CANCELLED'
                WHERE id = :id AND status = 'CONFIRMED' AND payment_id = :payment""")
            .param("id", id)
            .param("payment", paymentId)
            .update();
    return cancelled == 1;
  }

  /**
   * Expires the holds that have run out. Skips rows that a payment has locked, under two-phase
   * commit possibly for long: the payment confirms them, or the next sweep expires them.
   *
   * <p>The ids are gathered in an array because PostgreSQL, which plans before it knows how few
   * they are, would join a subquery with the whole table.
   */
  void expireAll(Instant now) {
    jdbc.sql(
            """
            UPDATE reservation SET status = 'EXPIRED'
            WHERE id = ANY (ARRAY(
                SELECT id FROM reservation WHERE status = 'HELD' AND held_until <= :now
                FOR UPDATE SKIP LOCKED))""")
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Does the same for one seat. */
  void expireOn(UUID seatId, Instant now) {
    jdbc.sql(
            """
            UPDATE reservation SET status = 'EXPIRED'
            WHERE id = ANY (ARRAY(
                SELECT id FROM reservation
                WHERE status = 'HELD' AND held_until <= :now AND seat_id = :seat
                FOR UPDATE SKIP LOCKED))""")
        .param("now", Timestamp.from(now))
        .param("seat", seatId)
        .update();
  }

  private static ReservationView view(ResultSet row, int number) throws SQLException {
    return new ReservationView(
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getObject("schedule_id", UUID.class),
        row.getObject("seat_id", UUID.class),
        row.getLong("price"),
        Status.valueOf(row.getString("status")),
        row.getTimestamp("held_until").toInstant(),
        row.getObject("payment_id", UUID.class));
  }
}

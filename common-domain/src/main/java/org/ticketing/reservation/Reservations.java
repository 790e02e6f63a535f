package org.ticketing.reservation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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
   * Adds a reservation that is HELD. This first looks for one that is live, which does not wait for
   * its lock: the index would wait for whatever is becoming of it, and under two-phase commit a
   * payment that is in doubt would keep everybody waiting who wants the seat.
   *
   * @return false if the seat has a live reservation
   */
  boolean add(ReservationView reservation, Instant createdAt) {
    int added =
        jdbc.sql(
                """
                INSERT INTO reservation
                  (id, user_id, schedule_id, seat_id, price, status, held_until, created_at)
                SELECT :id, :user, :schedule, :seat, :price, 'HELD',
                       CAST(:heldUntil AS timestamptz), CAST(:createdAt AS timestamptz)
                WHERE NOT EXISTS (
                    SELECT 1 FROM reservation
                    WHERE seat_id = :seat AND status IN ('HELD', 'PAYING', 'CONFIRMED'))
                ON CONFLICT (seat_id) WHERE status IN ('HELD', 'PAYING', 'CONFIRMED') DO NOTHING""")
            .param("id", reservation.id())
            .param("user", reservation.userId())
            .param("schedule", reservation.scheduleId())
            .param("seat", reservation.seatId())
            .param("price", reservation.price())
            .param("heldUntil", Timestamp.from(reservation.heldUntil()))
            .param("createdAt", Timestamp.from(createdAt))
            .update();
    return added == 1;
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
   * HELD becomes PAYING or CONFIRMED, if the hold has not run out and the payment has left no
   * tombstone.
   *
   * @return whether it did
   */
  boolean claim(UUID id, UUID paymentId, Status status, Instant now) {
    int claimed =
        jdbc.sql(
                """
                UPDATE reservation SET status = :status, payment_id = :payment
                WHERE id = :id AND status = 'HELD' AND held_until > :now
                  AND :payment <> ALL (tombstones)""")
            .param("status", status.name())
            .param("payment", paymentId)
            .param("id", id)
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
   * @return false if there is no such reservation
   */
  boolean undo(UUID id, UUID paymentId, Status done) {
    int undone =
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
    return undone == 1;
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

package org.ticketing.point;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;

/** The points that payments have reserved, and will use or release. */
@Component
class PointReservations {

  enum Status {
    RESERVED,
    CONFIRMED,
    /** With amount 0 it is a tombstone, left by a release that came before its reservation. */
    RELEASED
  }

  record PointReservation(long amount, Status status) {

    boolean is(Status status) {
      return this.status == status;
    }
  }

  private final JdbcClient jdbc;
  private final Ids ids;

  PointReservations(JdbcClient jdbc, Ids ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  Optional<PointReservation> find(UUID paymentId) {
    return jdbc.sql("SELECT amount, status FROM point_reservation WHERE payment_id = :payment")
        .param("payment", ids.of(paymentId))
        .query(
            (row, number) ->
                new PointReservation(
                    row.getLong("amount"), Status.valueOf(row.getString("status"))))
        .optional();
  }

  /** Whose points the payment has reserved, as long as they are. */
  Optional<UUID> userOfReserved(UUID paymentId) {
    return jdbc.sql(
            """
            SELECT user_id FROM point_reservation
            WHERE payment_id = :payment AND status = 'RESERVED'""")
        .param("payment", ids.of(paymentId))
        .query((row, number) -> UUID.fromString(row.getString("user_id")))
        .optional();
  }

  void add(UUID paymentId, UUID userId, long amount, Status status) {
    jdbc.sql(
            """
            INSERT INTO point_reservation (payment_id, user_id, amount, status)
            VALUES (:payment, :user, :amount, :status)""")
        .param("payment", ids.of(paymentId))
        .param("user", ids.of(userId))
        .param("amount", amount)
        .param("status", status.name())
        .update();
  }

  void become(UUID paymentId, Status status) {
    jdbc.sql("UPDATE point_reservation SET status = :status WHERE payment_id = :payment")
        .param("status", status.name())
        .param("payment", ids.of(paymentId))
        .update();
  }
}

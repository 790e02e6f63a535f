package org.ticketing.point;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;

/** What payments have set aside, and will use or give back. */
@Component
class PointHolds {

  enum Status {
    HELD,
    CONFIRMED,
    /** Also without ever having been held; then it only forbids a hold that arrives later. */
    RELEASED
  }

  record PointHold(long amount, Status status) {

    boolean is(Status status) {
      return this.status == status;
    }
  }

  private final JdbcClient jdbc;
  private final Ids ids;

  PointHolds(JdbcClient jdbc, Ids ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  Optional<PointHold> find(UUID paymentId) {
    return jdbc.sql("SELECT amount, status FROM point_hold WHERE payment_id = :payment")
        .param("payment", ids.of(paymentId))
        .query(
            (hold, row) ->
                new PointHold(hold.getLong("amount"), Status.valueOf(hold.getString("status"))))
        .optional();
  }

  void add(UUID paymentId, UUID userId, long amount, Status status) {
    jdbc.sql(
            """
            INSERT INTO point_hold (payment_id, user_id, amount, status)
            VALUES (:payment, :user, :amount, :status)""")
        .param("payment", ids.of(paymentId))
        .param("user", ids.of(userId))
        .param("amount", amount)
        .param("status", status.name())
        .update();
  }

  void become(UUID paymentId, Status status) {
    jdbc.sql("UPDATE point_hold SET status = :status WHERE payment_id = :payment")
        .param("status", status.name())
        .param("payment", ids.of(paymentId))
        .update();
  }
}

package org.ticketing.reservation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.Waiters;
import org.ticketing.reservation.ReservationApi.Status;

/**
 * The reservation that a payment is paying or has paid, and the tombstones it has left. One that is
 * HELD does not name a payment yet.
 */
@Component
class ReservationHoldings implements Holdings {

  private final JdbcClient jdbc;
  private final Waiters waiters;

  ReservationHoldings(JdbcClient jdbc, Waiters waiters) {
    this.jdbc = jdbc;
    this.waiters = waiters;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    if (transaction.payment() == null) {
      return List.of();
    }
    List<Holding> found = new ArrayList<>();
    found.addAll(
        jdbc.sql("SELECT id, status FROM reservation WHERE payment_id = :payment")
            .param("payment", transaction.payment())
            .query(this::paid)
            .list());
    found.addAll(
        jdbc.sql(
                """
                SELECT id, status FROM reservation
                WHERE tombstones <> '{}' AND tombstones @> ARRAY[CAST(:payment AS uuid)]""")
            .param("payment", transaction.payment())
            .query(this::tombstone)
            .list());
    return found;
  }

  private Holding paid(ResultSet row, int number) throws SQLException {
    Status status = Status.valueOf(row.getString("status"));
    return holding(
        row,
        status == Status.CANCELLED ? "reservation, given back later" : "reservation",
        status == Status.PAYING ? Meaning.OPEN : Meaning.DONE);
  }

  private Holding tombstone(ResultSet row, int number) throws SQLException {
    return holding(row, "tombstone in a reservation", Meaning.UNDONE);
  }

  private Holding holding(ResultSet row, String what, Meaning meaning) throws SQLException {
    return new Holding(
        "reservation",
        what,
        row.getString("status"),
        meaning,
        null,
        waiters.forRow("reservation", "id", row.getObject("id", UUID.class)));
  }
}

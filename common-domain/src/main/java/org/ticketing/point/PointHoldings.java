package org.ticketing.point;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.Waiters;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointReservations.Status;

/** The entries and the point reservation of a payment; who waits, waits for the wallet. */
@Component
class PointHoldings implements Holdings {

  private static final String TOMBSTONE = "tombstone";

  private final JdbcClient jdbc;
  private final Ids ids;
  private final Waiters waiters;

  PointHoldings(JdbcClient jdbc, Ids ids, Waiters waiters) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.waiters = waiters;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    if (transaction.payment() == null) {
      return List.of();
    }
    Object payment = ids.of(transaction.payment());
    List<Holding> found = new ArrayList<>();
    found.addAll(
        jdbc.sql(
                """
                SELECT user_id, status, amount FROM point_reservation
                WHERE payment_id = :payment""")
            .param("payment", payment)
            .query(this::reservation)
            .list());
    found.addAll(
        jdbc.sql(
                """
                SELECT user_id, kind, amount, created_at FROM point_entry
                WHERE payment_id = :payment ORDER BY id""")
            .param("payment", payment)
            .query(this::entry)
            .list());
    return found;
  }

  private Holding reservation(ResultSet row, int number) throws SQLException {
    Status status = Status.valueOf(row.getString("status"));
    long amount = row.getLong("amount");
    return new Holding(
        "point",
        status == Status.RELEASED && amount == 0 ? TOMBSTONE : "point reservation of " + amount,
        status.name(),
        meaning(status),
        null,
        waiters(row));
  }

  private static Meaning meaning(Status status) {
    return switch (status) {
      case RESERVED -> Meaning.OPEN;
      case CONFIRMED -> Meaning.DONE;
      case RELEASED -> Meaning.UNDONE;
    };
  }

  private Holding entry(ResultSet row, int number) throws SQLException {
    Kind kind = Kind.valueOf(row.getString("kind"));
    long amount = row.getLong("amount");
    return new Holding(
        "point",
        kind == Kind.REFUND && amount == 0 ? TOMBSTONE : "entry of " + amount + " points",
        kind.name(),
        kind == Kind.USE ? Meaning.DONE : Meaning.UNDONE,
        row.getTimestamp("created_at").toInstant(),
        waiters(row));
  }

  private List<String> waiters(ResultSet row) throws SQLException {
    return waiters.forRow("wallet", "user_id", UUID.fromString(row.getString("user_id")));
  }
}

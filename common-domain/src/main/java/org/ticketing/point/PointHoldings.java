package org.ticketing.point;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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

  private record Found(
      UUID userId, String what, String state, Meaning meaning, Instant createdAt) {}

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return transaction.payment() == null
        ? List.of()
        : Stream.concat(
                reservation(transaction.payment()).stream(),
                entries(transaction.payment()).stream())
            .map(this::holding)
            .toList();
  }

  private Holding holding(Found found) {
    return new Holding(
        "point",
        found.what(),
        found.state(),
        found.meaning(),
        found.createdAt(),
        waiters.forRow("wallet", "user_id", found.userId()));
  }

  private List<Found> reservation(UUID payment) {
    return jdbc.sql(
            "SELECT user_id, status, amount FROM point_reservation WHERE payment_id = :payment")
        .param("payment", ids.of(payment))
        .query(
            (row, number) -> {
              Status status = Status.valueOf(row.getString("status"));
              long amount = row.getLong("amount");
              return new Found(
                  UUID.fromString(row.getString("user_id")),
                  status == Status.RELEASED && amount == 0
                      ? TOMBSTONE
                      : "point reservation of " + amount,
                  status.name(),
                  meaning(status),
                  null);
            })
        .list();
  }

  private static Meaning meaning(Status status) {
    return switch (status) {
      case RESERVED -> Meaning.OPEN;
      case CONFIRMED -> Meaning.DONE;
      case RELEASED -> Meaning.UNDONE;
    };
  }

  private List<Found> entries(UUID payment) {
    return jdbc.sql(
            """
            SELECT user_id, kind, amount, created_at FROM point_entry
            WHERE payment_id = :payment ORDER BY id""")
        .param("payment", ids.of(payment))
        .query(
            (row, number) -> {
              Kind kind = Kind.valueOf(row.getString("kind"));
              long amount = row.getLong("amount");
              return new Found(
                  UUID.fromString(row.getString("user_id")),
                  kind == Kind.REFUND && amount == 0 ? TOMBSTONE : "entry of " + amount + " points",
                  kind.name(),
                  kind == Kind.USE ? Meaning.DONE : Meaning.UNDONE,
                  row.getTimestamp("created_at").toInstant());
            })
        .list();
  }
}

package org.ticketing.reservation;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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

  private record Found(UUID id, String what, String state, Meaning meaning) {}

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return transaction.payment() == null
        ? List.of()
        : Stream.concat(
                paid(transaction.payment()).stream(), tombstones(transaction.payment()).stream())
            .map(this::holding)
            .toList();
  }

  private Holding holding(Found found) {
    return new Holding(
        "reservation",
        found.what(),
        found.state(),
        found.meaning(),
        null,
        waiters.forRow("reservation", "id", found.id()));
  }

  private List<Found> paid(UUID payment) {
    return jdbc.sql("SELECT id, status FROM reservation WHERE payment_id = :payment")
        .param("payment", payment)
        .query(
            (row, number) -> {
              Status status = Status.valueOf(row.getString("status"));
              return new Found(
                  row.getObject("id", UUID.class),
                  status == Status.CANCELLED ? "reservation, given back later" : "reservation",
                  status.name(),
                  status == Status.PAYING ? Meaning.OPEN : Meaning.DONE);
            })
        .list();
  }

  private List<Found> tombstones(UUID payment) {
    return jdbc.sql(
            """
            SELECT id, status FROM reservation
            WHERE tombstones <> '{}' AND tombstones @> ARRAY[CAST(:payment AS uuid)]""")
        .param("payment", payment)
        .query(
            (row, number) ->
                new Found(
                    row.getObject("id", UUID.class),
                    "tombstone in a reservation",
                    row.getString("status"),
                    Meaning.UNDONE))
        .list();
  }
}

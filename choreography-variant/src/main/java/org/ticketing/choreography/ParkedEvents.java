package org.ticketing.choreography;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Ids;

/** The events to which this service could not react. They stay until an operator replays them. */
@Component
class ParkedEvents {

  private final JdbcClient jdbc;
  private final Ids ids;

  ParkedEvents(JdbcClient jdbc, Ids ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  /**
   * @param event numbered as it is here
   * @param failure of the last attempt
   */
  record Parked(PaymentEvent event, String failure, Instant since) {}

  /** Parks an event. If it is parked already, nothing happens. */
  void add(PaymentEvent event, String failure) {
    try {
      jdbc.sql(
              """
              INSERT INTO parked (reader, kind, payment_id, user_id, reservation_id, amount, reason,
                                  detail, trace, failure, parked_at)
              VALUES (:reader, :kind, :payment, :user, :reservation, :amount, :reason,
                      :detail, :trace, :failure, current_timestamp(6))""")
          .param("reader", event.reader())
          .param("kind", event.kind())
          .param("payment", ids.of(event.paymentId()))
          .param("user", ids.of(event.userId()))
          .param("reservation", ids.of(event.reservationId()))
          .param("amount", event.amount())
          .param("reason", event.reason())
          .param("detail", event.detail())
          .param("trace", event.trace())
          .param("failure", failure)
          .update();
    } catch (DuplicateKeyException parkedBefore) {
      // By another process, to which it came as well.
    }
  }

  /** The oldest first. */
  List<Parked> all(int limit) {
    return jdbc.sql("SELECT * FROM parked ORDER BY number LIMIT :limit")
        .param("limit", limit)
        .query(ParkedEvents::parked)
        .list();
  }

  List<Parked> of(UUID payment) {
    return jdbc.sql("SELECT * FROM parked WHERE payment_id = :payment ORDER BY number")
        .param("payment", ids.of(payment))
        .query(ParkedEvents::parked)
        .list();
  }

  Optional<Parked> find(long number) {
    return jdbc.sql("SELECT * FROM parked WHERE number = :number")
        .param("number", number)
        .query(ParkedEvents::parked)
        .optional();
  }

  void remove(long number) {
    jdbc.sql("DELETE FROM parked WHERE number = :number").param("number", number).update();
  }

  /** The failure of the last replay. */
  void failed(long number, String failure) {
    jdbc.sql("UPDATE parked SET failure = :failure WHERE number = :number")
        .param("failure", failure)
        .param("number", number)
        .update();
  }

  long count() {
    return jdbc.sql("SELECT count(*) FROM parked").query(Long.class).single();
  }

  private static Parked parked(ResultSet row, int number) throws SQLException {
    return new Parked(
        Outbox.event(row, number),
        row.getString("failure"),
        row.getTimestamp("parked_at").toInstant());
  }
}

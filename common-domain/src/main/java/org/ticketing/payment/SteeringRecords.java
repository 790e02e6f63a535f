package org.ticketing.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import tools.jackson.databind.json.JsonMapper;

/** What operators have ordered. A record is there before anything is done. */
@Component
class SteeringRecords {

  record Numbered(long number, SteeringRecord steering) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  SteeringRecords(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** Records what is about to be done, and returns its number. */
  long begin(UUID operator, SteeringOrder order, String transaction) {
    return jdbc.sql(
            """
            INSERT INTO steering
              (ordered_at, operator_id, steering, transaction_id, reason, heuristic)
            VALUES (:now, :operator, :steering, :transaction, :reason, :heuristic)
            RETURNING number""")
        .param("now", Timestamp.from(clock.instant()))
        .param("operator", operator)
        .param("steering", order.steering().name())
        .param("transaction", transaction)
        .param("reason", order.reason(), Types.VARCHAR)
        .param("heuristic", order.heuristic())
        .query(Long.class)
        .single();
  }

  /** Adds what was done. */
  void end(long number, Effect effect) {
    jdbc.sql("UPDATE steering SET effect = :effect WHERE number = :number")
        .param("effect", json.writeValueAsString(effect))
        .param("number", number)
        .update();
  }

  /** Those with smaller numbers, the latest first. */
  List<Numbered> before(long number, int limit) {
    return jdbc.sql(
            "SELECT * FROM steering WHERE number < :number ORDER BY number DESC LIMIT :limit")
        .param("number", number)
        .param("limit", limit)
        .query(this::numbered)
        .list();
  }

  private Numbered numbered(ResultSet row, int index) throws SQLException {
    String effect = row.getString("effect");
    return new Numbered(
        row.getLong("number"),
        new SteeringRecord(
            row.getTimestamp("ordered_at").toInstant(),
            row.getObject("operator_id", UUID.class),
            Steering.valueOf(row.getString("steering")),
            row.getString("transaction_id"),
            row.getString("reason"),
            row.getBoolean("heuristic"),
            effect == null ? null : json.readValue(effect, Effect.class)));
  }
}

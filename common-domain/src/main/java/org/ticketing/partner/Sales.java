package org.ticketing.partner;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerFeedApi.Event;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.partner.SaleApi.Sale;

/**
 * The sales and their cancellations, numbered without gaps in the order in which they become
 * visible.
 */
@Component
class Sales {

  private final JdbcClient jdbc;

  Sales(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Until the transaction ends nothing else gets a number.
   *
   * @return the last number given
   */
  @Transactional(propagation = Propagation.MANDATORY)
  long lockLastNumber() {
    return jdbc.sql("SELECT number FROM last_sale FOR UPDATE")
        .query((last, row) -> last.getLong("number"))
        .single();
  }

  /**
   * Gives the next numbers, in the order of the list, to those sales whose payments have none yet.
   * The last number is locked. (With NOT EXISTS, PostgreSQL would join the whole table, by a plan
   * made while it was small.)
   *
   * @return how many these were
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int append(List<Sale> sales, long lastNumber, Instant at) {
    int added =
        jdbc.sql(
                """
                INSERT INTO sale
                  (number, event, payment_id, schedule_id, seat_ids, price, recorded_at)
                SELECT :lastNumber + row_number() OVER (ORDER BY place), 'SOLD',
                       payment_id, schedule_id, CAST(seat_ids AS uuid[]), price, :at
                FROM (SELECT DISTINCT ON (payment_id) *
                      FROM unnest(:payments, :schedules, :seats, :prices) WITH ORDINALITY
                        AS told (payment_id, schedule_id, seat_ids, price, place)
                      ORDER BY payment_id, place) AS told
                WHERE (SELECT number FROM sale
                       WHERE sale.payment_id = told.payment_id AND event = 'SOLD') IS NULL""")
            .param("lastNumber", lastNumber)
            .param("at", Timestamp.from(at))
            .param("payments", array("uuid", sales, Sale::paymentId))
            .param("schedules", array("uuid", sales, Sale::scheduleId))
            .param("seats", array("text", sales, Sales::seats))
            .param("prices", array("bigint", sales, Sale::price))
            .update();
    moveOn(lastNumber, added);
    return added;
  }

  /**
   * Gives the next numbers to the cancellations of those sales that have none yet, in the order of
   * the list. The last number is locked.
   *
   * @return how many these were
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int appendCancellations(List<UUID> paymentIds, long lastNumber, Instant at) {
    int added =
        jdbc.sql(
                """
                INSERT INTO sale
                  (number, event, payment_id, schedule_id, seat_ids, price, recorded_at)
                SELECT :lastNumber + row_number() OVER (ORDER BY place), 'CANCELLED',
                       payment_id, schedule_id, seat_ids, price, :at
                FROM (SELECT id, min(place) AS place
                      FROM unnest(:payments) WITH ORDINALITY AS told (id, place)
                      GROUP BY id) AS told
                JOIN sale ON payment_id = id AND event = 'SOLD'
                WHERE (SELECT number FROM sale AS cancelled
                       WHERE cancelled.payment_id = id AND event = 'CANCELLED') IS NULL""")
            .param("lastNumber", lastNumber)
            .param("at", Timestamp.from(at))
            .param("payments", new SqlArrayValue("uuid", paymentIds.toArray()))
            .update();
    moveOn(lastNumber, added);
    return added;
  }

  private void moveOn(long lastNumber, int added) {
    if (added > 0) {
      jdbc.sql("UPDATE last_sale SET number = :number")
          .param("number", lastNumber + added)
          .update();
    }
  }

  private static SqlArrayValue array(
      String type, List<Sale> sales, Function<Sale, Object> element) {
    return new SqlArrayValue(type, sales.stream().map(element).toArray());
  }

  /** As text, because PostgreSQL takes no array of arrays of different lengths. */
  private static String seats(Sale sale) {
    return sale.seatIds().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  /** Those a partner is told of, after a number, in order. */
  List<SoldSeats> after(long number, UUID partnerId, int size) {
    return jdbc.sql(
            """
            SELECT sale.* FROM sale JOIN partner_delivery ON sale_number = number
            WHERE partner_id = :partner AND sale_number > :after ORDER BY sale_number LIMIT :size""")
        .param("partner", partnerId)
        .param("after", number)
        .param("size", size)
        .query(Sales::soldSeats)
        .list();
  }

  static SoldSeats soldSeats(ResultSet sale, int row) throws SQLException {
    return new SoldSeats(
        sale.getLong("number"),
        Event.valueOf(sale.getString("event")),
        sale.getObject("payment_id", UUID.class),
        sale.getObject("schedule_id", UUID.class),
        List.of((UUID[]) sale.getArray("seat_ids").getArray()),
        sale.getLong("price"),
        sale.getTimestamp("recorded_at").toInstant());
  }
}

package org.ticketing.partner;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.partner.SaleApi.Sale;

/** What was sold, numbered without gaps in the order in which it can be seen. */
@Component
class Sales {

  private final JdbcClient jdbc;

  Sales(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Until the transaction ends no other sale gets a number.
   *
   * @return the number; none if the sale has one already
   */
  @Transactional(propagation = Propagation.MANDATORY)
  OptionalLong append(Sale sale, Instant soldAt) {
    long number =
        1 + jdbc.sql("SELECT number FROM last_sale FOR UPDATE").query(Long.class).single();
    int added =
        jdbc.sql(
                """
                INSERT INTO sale (number, payment_id, schedule_id, seat_ids, price, sold_at)
                VALUES (:number, :payment, :schedule, CAST(:seats AS uuid[]), :price, :soldAt)
                ON CONFLICT (payment_id) DO NOTHING""")
            .param("number", number)
            .param("payment", sale.paymentId())
            .param("schedule", sale.scheduleId())
            .param("seats", sale.seatIds().stream().map(UUID::toString).toArray(String[]::new))
            .param("price", sale.price())
            .param("soldAt", Timestamp.from(soldAt))
            .update();
    if (added == 0) {
      return OptionalLong.empty();
    }
    jdbc.sql("UPDATE last_sale SET number = :number").param("number", number).update();
    return OptionalLong.of(number);
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
        sale.getObject("payment_id", UUID.class),
        sale.getObject("schedule_id", UUID.class),
        List.of((UUID[]) sale.getArray("seat_ids").getArray()),
        sale.getLong("price"),
        sale.getTimestamp("sold_at").toInstant());
  }
}

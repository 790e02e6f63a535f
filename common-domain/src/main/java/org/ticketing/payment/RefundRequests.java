package org.ticketing.payment;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The payments that are to be refunded. {@link Payments#refunded} removes those that are. */
@Component
class RefundRequests {

  record RefundRequest(long number, UUID paymentId) {}

  private final JdbcClient jdbc;

  RefundRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds those that are not there. */
  void add(List<UUID> paymentIds) {
    jdbc.sql("INSERT INTO refund (payment_id) SELECT unnest(:payments) ON CONFLICT DO NOTHING")
        .param("payments", new SqlArrayValue("uuid", paymentIds.toArray()))
        .update();
  }

  /** The next after this number, in the order of their numbers. */
  List<RefundRequest> after(long number, int atMost) {
    return jdbc.sql(
            """
            SELECT number, payment_id FROM refund
            WHERE number > :number ORDER BY number LIMIT :atMost""")
        .param("number", number)
        .param("atMost", atMost)
        .query(
            (row, index) ->
                new RefundRequest(row.getLong("number"), row.getObject("payment_id", UUID.class)))
        .list();
  }

  void remove(UUID paymentId) {
    jdbc.sql("DELETE FROM refund WHERE payment_id = :payment").param("payment", paymentId).update();
  }
}

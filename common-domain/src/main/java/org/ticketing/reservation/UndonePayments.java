package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Payments that were undone here, be it before their step arrived. Remembered so that the step,
 * when it arrives late, is refused instead of being done for good.
 */
@Component
class UndonePayments {

  private final JdbcClient jdbc;

  UndonePayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(UUID paymentId) {
    jdbc.sql("INSERT INTO undone_payment (payment_id) VALUES (:payment) ON CONFLICT DO NOTHING")
        .param("payment", paymentId)
        .update();
  }

  boolean contains(UUID paymentId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM undone_payment WHERE payment_id = :payment)")
        .param("payment", paymentId)
        .query(Boolean.class)
        .single();
  }
}

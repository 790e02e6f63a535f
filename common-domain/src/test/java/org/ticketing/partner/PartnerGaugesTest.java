package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.partner.Deliveries.Backlog;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class PartnerGaugesTest {

  @Autowired private Deliveries deliveries;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactions;

  @Test
  void theBacklogIsWhatPartnersAreStillToBeToldOf() {
    alone()
        .executeWithoutResult(
            transaction -> {
              Backlog before = deliveries.backlog();
              sales(3);
              deliver(partner("ACTIVE"), 1, 3, "NULL");
              deliver(partner("ACTIVE"), 1, 1, "now()");
              deliver(partner("PARKED"), 1, 2, "NULL");
              deliver(partner("ENDED"), 1, 3, "NULL");

              assertThat(deliveries.backlog())
                  .isEqualTo(
                      new Backlog(
                          before.active() + 3, before.parked() + 2, before.parkedPartners() + 1));
              transaction.setRollbackOnly();
            });
  }

  /** With numbers that no other test gives. */
  private void sales(int count) {
    jdbc.sql(
            """
            INSERT INTO sale (number, event, payment_id, schedule_id, seat_ids, price, recorded_at)
            SELECT -number, 'SOLD', gen_random_uuid(), gen_random_uuid(), '{}', 1, now()
            FROM generate_series(1, ?) AS number""")
        .param(count)
        .update();
  }

  private UUID partner(String status) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO partner (id, name, url, secret, feed_key_hash, status, failures)
            VALUES (?, ?, 'https://example.org/', 'secret', ?, ?, 0)""")
        .param(id)
        .param(id.toString())
        .param(id.toString())
        .param(status)
        .update();
    return id;
  }

  private void deliver(UUID partner, int first, int last, String deliveredAt) {
    jdbc.sql(
            """
            INSERT INTO partner_delivery (partner_id, sale_number, delivered_at)
            SELECT ?, -number, %s FROM generate_series(?, ?) AS number"""
                .formatted(deliveredAt))
        .param(partner)
        .param(first)
        .param(last)
        .update();
  }

  /** Sees nothing of what jobs do meanwhile for other tests. */
  private TransactionTemplate alone() {
    var alone = new TransactionTemplate(transactions);
    alone.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return alone;
  }
}

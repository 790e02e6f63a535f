package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.payment.FollowUps.Waiting;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class FollowUpGaugesTest {

  @Autowired private FollowUps followUps;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transactions;

  @Test
  void followUpsAreCountedWithTheAgeOfTheFirst() {
    transactions.executeWithoutResult(
        alone -> {
          jdbc.sql("DELETE FROM follow_up").update();
          assertThat(followUps.waiting()).isEqualTo(new Waiting(0, 0));

          completed(90);
          completed(10);

          Waiting waiting = followUps.waiting();
          assertThat(waiting.number()).isEqualTo(2);
          assertThat(waiting.seconds()).isBetween(90.0, 91.0);
          alone.setRollbackOnly();
        });
  }

  @Test
  void bothFiguresAreGauges() {
    FollowUps counted = mock();
    when(counted.waiting()).thenReturn(new Waiting(3, 1.5));
    var registry = new SimpleMeterRegistry();
    new FollowUpGauges(counted).bindTo(registry);

    assertThat(registry.get("ticketing.follow.ups").gauge().value()).isEqualTo(3);
    assertThat(registry.get("ticketing.follow.ups.age").gauge().value()).isEqualTo(1.5);
  }

  private void completed(int secondsAgo) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO payment
              (id, idempotency_key, user_id, reservation_id, amount, status, requested_at,
               finished_at)
            VALUES (:id, 'key', gen_random_uuid(), gen_random_uuid(), 1, 'COMPLETED', now(),
                    now() - :seconds * interval '1 second')""")
        .param("id", id)
        .param("seconds", secondsAgo)
        .update();
    jdbc.sql("INSERT INTO follow_up (payment_id) VALUES (?)").param(id).update();
  }
}

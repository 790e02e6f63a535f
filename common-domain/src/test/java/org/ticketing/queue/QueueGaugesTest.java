package org.ticketing.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.queue.QueueTokenRepository.LiveTokens;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class QueueGaugesTest {

  @Autowired private QueueTokenRepository tokens;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactions;

  private final UUID schedule = UUID.randomUUID();

  @BeforeEach
  void openLine() {
    jdbc.sql("INSERT INTO queue VALUES (?, 0, 0)").param(schedule).update();
  }

  @Test
  void tokensAreCountedWhileTheyAreLive() {
    alone()
        .executeWithoutResult(
            transaction -> {
              LiveTokens before = tokens.countLive();
              for (int customer = 0; customer < 3; customer++) {
                tokens.add(UUID.randomUUID(), schedule, Instant.now());
              }
              tokens.admitNext(schedule, 0, 1, Instant.now().plusSeconds(60));

              assertThat(tokens.countLive())
                  .isEqualTo(new LiveTokens(before.waiting() + 2, before.active() + 1));
              transaction.setRollbackOnly();
            });
  }

  @Test
  void bothStatesAreGauges() {
    var registry = new SimpleMeterRegistry();
    new QueueGauges(tokens).bindTo(registry);

    assertThat(registry.get("ticketing.queue.tokens").gauges())
        .extracting(gauge -> gauge.getId().getTag("state"))
        .containsExactlyInAnyOrder("waiting", "active");
  }

  /** Sees nothing of what jobs do meanwhile for other tests. */
  private TransactionTemplate alone() {
    var alone = new TransactionTemplate(transactions);
    alone.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return alone;
  }
}

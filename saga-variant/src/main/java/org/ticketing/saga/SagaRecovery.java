package org.ticketing.saga;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;

/**
 * Compensates the sagas that Seata's server does not ask for. It knows a saga from before the log
 * does, forgets it when the log does not know it yet, and has lost all of them when its own store
 * is lost. Several instances may look at the same time: one of them takes a saga over, see {@link
 * SagaLog}.
 */
@Component
@ConditionalOnHosted("payment")
class SagaRecovery {

  private static final Logger log = LoggerFactory.getLogger(SagaRecovery.class);

  /** The server asks for a compensation each second. */
  private static final Duration SERVERS_TURN = Duration.ofSeconds(5);

  private final JdbcClient sagaLog;
  private final StateMachineEngine engine;
  private final Duration patience;
  private final Clock clock;

  SagaRecovery(
      JdbcClient sagaLog, StateMachineEngine engine, SagaProperties properties, Clock clock) {
    this.sagaLog = sagaLog;
    this.engine = engine;
    this.patience = properties.timeout().plus(SERVERS_TURN);
    this.clock = clock;
  }

  @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
  void compensateTheForgotten() {
    for (String saga : forgotten()) {
      try {
        engine.compensate(saga, null);
      } catch (RuntimeException failure) {
        log.warn("Saga {} is not compensated yet: {}", saga, failure.getMessage());
      }
    }
  }

  private List<String> forgotten() {
    return sagaLog
        .sql(
            """
            SELECT id FROM seata_state_machine_inst
            WHERE (is_running OR compensation_status <> 'SU'
                OR status = 'UN' AND compensation_status IS NULL)
              AND gmt_updated < ?
            ORDER BY gmt_updated LIMIT 100""")
        .param(Timestamp.from(clock.instant().minus(patience)))
        .query(String.class)
        .list();
  }
}

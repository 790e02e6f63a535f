package org.ticketing.saga;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;

/**
 * Compensates the sagas that Seata's server does not ask for. The server knows a saga earlier than
 * the log does: if it asks for a compensation in between, it is told that there is no such saga,
 * and forgets it. It forgets all sagas when its own store is lost. Several instances may do this at
 * the same time: one of them takes a saga over, see {@link SagaLog}.
 */
@Component
@ConditionalOnHosted("payment")
class SagaRecovery {

  private static final Logger log = LoggerFactory.getLogger(SagaRecovery.class);

  /** How long the server, which asks every second, is given to ask for a compensation itself. */
  static final Duration SERVERS_TURN = Duration.ofSeconds(5);

  private static final int SECONDS_BETWEEN_LOOKS = 5;
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(SECONDS_BETWEEN_LOOKS);

  private final Sagas sagas;
  private final StateMachineEngine engine;
  private final Duration patience;
  private final Clock clock;

  SagaRecovery(Sagas sagas, StateMachineEngine engine, CoordinatorSettings settings, Clock clock) {
    this.sagas = sagas;
    this.engine = engine;
    this.patience = settings.transactionTimeout().plus(SERVERS_TURN);
    this.clock = clock;
  }

  @Scheduled(fixedDelay = SECONDS_BETWEEN_LOOKS, timeUnit = TimeUnit.SECONDS)
  void compensateTheForgotten() {
    for (String saga : sagas.unfinishedSince(clock.instant().minus(patience))) {
      try {
        engine.compensate(saga, null);
      } catch (RuntimeException failure) {
        log.warn("Saga {} is not compensated yet: {}", saga, failure.getMessage());
      }
    }
  }
}

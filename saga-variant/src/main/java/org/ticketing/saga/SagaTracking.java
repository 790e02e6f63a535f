package org.ticketing.saga;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.EngineView.Next;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;

/**
 * The sagas as operators see them. The log of sagas is the truth of the engine, and all instances
 * share it, so Seata's server is not asked.
 */
@Component
@ConditionalOnHosted("payment")
class SagaTracking implements TransactionEngine {

  /** How often Seata's server asks for a compensation. */
  private static final Duration SERVERS_PAUSE = Duration.ofSeconds(1);

  private final Sagas sagas;
  private final SagaSteering steering;
  private final Duration timeout;
  private final Clock clock;

  SagaTracking(Sagas sagas, SagaSteering steering, CoordinatorSettings settings, Clock clock) {
    this.sagas = sagas;
    this.steering = steering;
    this.timeout = settings.transactionTimeout();
    this.clock = clock;
  }

  @Override
  public String protocol() {
    return "saga";
  }

  @Override
  public String patience() {
    return "%d s, then Seata's server has it compensated; after %d s the payment process does"
        .formatted(timeout.toSeconds(), timeout.plus(SagaRecovery.SERVERS_TURN).toSeconds());
  }

  @Override
  public Duration overdueAfter() {
    return timeout.plus(SagaRecovery.SERVERS_TURN).plus(SagaRecovery.BETWEEN_LOOKS);
  }

  @Override
  public List<EngineView> unfinished(int limit) {
    return sagas.unfinished(limit).stream().map(this::view).toList();
  }

  @Override
  public Optional<EngineView> find(TransactionKey transaction) {
    return sagas.find(transaction).map(this::view);
  }

  private EngineView view(Saga saga) {
    return new EngineView(
        new TransactionKey(saga.payment(), saga.xid()),
        saga.state(),
        saga.decision(),
        saga.begunAt(),
        null,
        saga.compensations(),
        saga.failure(),
        saga.suspended(),
        next(saga));
  }

  private List<Next> next(Saga saga) {
    if (saga.state().isFinal() || saga.suspended()) {
      return List.of();
    }
    List<Next> next = new ArrayList<>();
    if (saga.state() == TransactionState.WORKING) {
      next.add(
          soonest(
              "Seata's server asks for its compensation, unless it has ended",
              saga.begunAt().plus(timeout)));
    } else if (saga.running()) {
      next.add(
          soonest(
              "a compensation that was cut off may begin again", saga.updatedAt().plus(timeout)));
    } else {
      next.add(soonest("Seata's server asks for its compensation", Instant.MIN));
    }
    next.add(
        soonest(
            "the payment process compensates it without being asked",
            saga.updatedAt().plus(timeout).plus(SagaRecovery.SERVERS_TURN)));
    return next;
  }

  /** What is due already happens with the next look. */
  private Next soonest(String what, Instant due) {
    Instant nextLook = clock.instant().plus(SERVERS_PAUSE);
    return new Next(what, due.isBefore(nextLook) ? nextLook : due);
  }

  @Override
  public Effect preview(Steering steering, TransactionKey transaction) {
    return this.steering.preview(steering, sagas.find(transaction));
  }

  @Override
  public Effect perform(Steering steering, TransactionKey transaction) {
    return this.steering.perform(steering, sagas.find(transaction));
  }
}

package org.ticketing.choreography;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.Standings.Unfinished;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.EngineView.Next;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;

/**
 * The payments as operators see them. There is no engine: the record of the payment is the truth,
 * and events that are left tell what is still to come.
 */
@Component
@ConditionalOnHosted("payment")
class ChoreographyEngine implements TransactionEngine {

  private final Standings standings;
  private final ChoreographySteering steering;
  private final Duration timeout;
  private final Duration redelivery;
  private final Clock clock;
  private volatile List<String> notReached = List.of();

  ChoreographyEngine(
      Standings standings,
      ChoreographySteering steering,
      ChoreographySettings settings,
      Clock clock) {
    this.standings = standings;
    this.steering = steering;
    this.timeout = settings.paymentTimeout();
    this.redelivery = settings.redelivery();
    this.clock = clock;
  }

  @Override
  public String protocol() {
    return "choreography";
  }

  @Override
  public String patience() {
    return "%d s, then the payment process cancels it; after %d s another one does"
        .formatted(timeout.toSeconds(), timeout.plus(OverduePayments.ITS_TURN).toSeconds());
  }

  /** A cancellation is handed over when what came before it is acknowledged. */
  @Override
  public Duration overdueAfter() {
    return timeout
        .plus(OverduePayments.ITS_TURN)
        .plus(OverduePayments.BETWEEN_LOOKS)
        .plus(redelivery.multipliedBy(2));
  }

  @Override
  public List<EngineView> unfinished(int limit) {
    Unfinished unfinished = standings.unfinished(limit);
    notReached = unfinished.notReached();
    return unfinished.payments().stream().map(this::view).toList();
  }

  @Override
  public List<String> notReached() {
    return notReached;
  }

  @Override
  public Optional<EngineView> find(TransactionKey transaction) {
    return standing(transaction).map(this::view);
  }

  private Optional<Standing> standing(TransactionKey transaction) {
    return transaction.payment() == null ? Optional.empty() : standings.find(transaction.payment());
  }

  private EngineView view(Standing payment) {
    return new EngineView(
        new TransactionKey(payment.id(), null),
        payment.state(),
        payment.decision(),
        payment.begunAt(),
        null,
        0,
        payment.error(),
        false,
        next(payment));
  }

  private List<Next> next(Standing payment) {
    if (payment.state().isFinal()) {
      return List.of();
    }
    if (payment.state() == TransactionState.WORKING) {
      return List.of(
          new Next(
              "it is cancelled, unless it has ended", soonest(payment.begunAt().plus(timeout))));
    }
    return payment.parked().isEmpty()
        ? List.of(
            new Next(
                "what is not acknowledged of its cancellation is handed over again",
                clock.instant().plus(redelivery)))
        : List.of(new Next("nothing, until what is parked is retried", null));
  }

  /** What is due already happens with the next look. */
  private Instant soonest(Instant due) {
    Instant nextLook = clock.instant().plus(OverduePayments.BETWEEN_LOOKS);
    return due.isBefore(clock.instant()) ? nextLook : due;
  }

  @Override
  public Effect preview(Steering steering, TransactionKey transaction) {
    return this.steering.preview(steering, standing(transaction));
  }

  @Override
  public Effect perform(Steering steering, TransactionKey transaction) {
    return this.steering.perform(steering, standing(transaction));
  }
}

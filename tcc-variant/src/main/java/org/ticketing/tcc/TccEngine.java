package org.ticketing.tcc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.seata.core.model.GlobalStatus;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.EngineView.Next;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.tcc.TccTransactions.Unfinished;

/** The transactions of TCC as operators see them. */
@Component
@ConditionalOnHosted("payment")
class TccEngine implements TransactionEngine {

  /** After its begin, Seata's server takes up a second phase that was cut off. */
  private static final Duration DEAD_THRESHOLD = Duration.ofSeconds(10);

  /** How often Seata's server repeats what it does. */
  private static final Duration SERVERS_PAUSE = Duration.ofSeconds(1);

  private final TccTransactions transactions;
  private final TccSteering steering;
  private final Duration timeout;
  private final Clock clock;
  private volatile List<String> notReached = List.of();

  TccEngine(
      TccTransactions transactions,
      TccSteering steering,
      CoordinatorSettings settings,
      Clock clock) {
    this.transactions = transactions;
    this.steering = steering;
    this.timeout = settings.transactionTimeout();
    this.clock = clock;
  }

  @Override
  public String protocol() {
    return "tcc";
  }

  @Override
  public String patience() {
    return "%d s, then Seata's server cancels it".formatted(timeout.toSeconds());
  }

  /** Recovery ends what it has seen twice. */
  @Override
  public Duration overdueAfter() {
    return timeout.plus(BranchRecovery.BETWEEN_LOOKS.multipliedBy(2));
  }

  @Override
  public List<EngineView> unfinished(int limit) {
    Unfinished unfinished = transactions.unfinished(limit);
    notReached = unfinished.notReached();
    return unfinished.transactions().stream().map(this::view).toList();
  }

  @Override
  public List<String> notReached() {
    return notReached;
  }

  @Override
  public Optional<EngineView> find(TransactionKey transaction) {
    return transactions.seen(transaction).map(this::view);
  }

  private EngineView view(TccTransaction transaction) {
    return new EngineView(
        new TransactionKey(transaction.payment(), transaction.xid()),
        transaction.state(),
        transaction.decision(),
        transaction.begunAt(),
        ownerOf(transaction),
        0,
        transaction.error(),
        transaction.isSuspended(),
        next(transaction));
  }

  /** Without the server's answer, nobody knows. */
  private static String ownerOf(TccTransaction transaction) {
    if (transaction.server() == null || transaction.state().isFinal()) {
      return null;
    }
    return transaction.isForgotten() ? "recovery" : "Seata's server";
  }

  private List<Next> next(TccTransaction transaction) {
    if (transaction.state().isFinal()) {
      return List.of();
    }
    if (transaction.server() == null) {
      return List.of(new Next("nothing, until Seata's server answers", null));
    }
    if (transaction.isForgotten()) {
      return transaction.isSuspended() ? List.of() : List.of(recovery(transaction));
    }
    return switch (transaction.decision()) {
      case NONE ->
          List.of(
              new Next(
                  "Seata's server cancels it, unless it is decided before",
                  transaction.begunAt() == null ? null : transaction.begunAt().plus(timeout)));
      case COMPLETE -> List.of(server("Seata's server confirms what is left", transaction));
      case UNDO -> List.of(server("Seata's server cancels what is left", transaction));
      case UNKNOWN -> List.of();
    };
  }

  private Next server(String what, TccTransaction transaction) {
    Instant nextLook = clock.instant().plus(SERVERS_PAUSE);
    boolean cutOff =
        transaction.server() == GlobalStatus.Committing
            || transaction.server() == GlobalStatus.Rollbacking;
    Instant begun = transaction.begunAt();
    boolean isTooEarly = cutOff && begun != null && begun.plus(DEAD_THRESHOLD).isAfter(nextLook);
    return new Next(what, isTooEarly ? begun.plus(DEAD_THRESHOLD) : nextLook);
  }

  private Next recovery(TccTransaction transaction) {
    Instant look = clock.instant().plus(BranchRecovery.BETWEEN_LOOKS);
    if (transaction.recorded() == null) {
      return new Next("nothing: the payment is not recorded", null);
    }
    if (transaction.recorded() != Status.REQUESTED) {
      return new Next("each participant ends its branch as the payment is recorded", look);
    }
    return new Next(
        transaction.decision() == Decision.COMPLETE
            ? "the payment process completes it, because another participant has confirmed"
            : "the payment process cancels it, unless another participant has confirmed",
        look);
  }

  @Override
  public Effect preview(Steering steering, TransactionKey transaction) {
    return this.steering.preview(steering, transaction);
  }

  @Override
  public Effect perform(Steering steering, TransactionKey transaction) {
    return this.steering.perform(steering, transaction);
  }
}

package org.ticketing.xa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.xa.Recovery.Failing;

/**
 * XA as operators see it: the transactions that are under way in this process, the prepared
 * branches of all coordinators at the participants, and the decisions in the payment's database. An
 * Xid is the name of a transaction, or that of one of its branches ({@link BranchXid}). Which
 * payment a transaction belongs to is known here only while it is under way. Who asks knows it from
 * the log of transactions.
 */
class XaEngine implements TransactionEngine {

  /** Longer than a coordinator that runs takes to remove a decision that it has told to all. */
  private static final Duration REMOVAL = Duration.ofSeconds(3);

  /** A transaction of another system, whose points are on the same server, is over by then. */
  private static final Duration UNDER_WAY_ELSEWHERE = Duration.ofSeconds(30);

  private final CoordinatorSettings settings;
  private final Surveys surveys;
  private final Recovery recovery;
  private final Forecast forecast;
  private final XaSteering steering;

  XaEngine(
      CoordinatorSettings settings,
      Surveys surveys,
      Recovery recovery,
      Forecast forecast,
      XaSteering steering) {
    this.settings = settings;
    this.surveys = surveys;
    this.recovery = recovery;
    this.forecast = forecast;
    this.steering = steering;
  }

  @Override
  public String protocol() {
    return "xa";
  }

  @Override
  public String patience() {
    return overdueAfter().toSeconds()
        + " s: "
        + settings.transactionTimeout().toSeconds()
        + " s to its decision, and as long again to the end of its recovery";
  }

  /** Recovery presumes that there is no decision when it has seen a branch for so long. */
  @Override
  public Duration overdueAfter() {
    return settings.transactionTimeout().multipliedBy(2).plus(settings.recoveryDelay());
  }

  @Override
  public List<EngineView> unfinished(int limit) {
    Instant now = Instant.now();
    return surveys
        .recent()
        .unfinished(
            now.plus(settings.transactionTimeout()).minus(REMOVAL), now.minus(UNDER_WAY_ELSEWHERE))
        .stream()
        .limit(limit)
        .map(standing -> view(standing, null))
        .toList();
  }

  @Override
  public List<String> notReached() {
    return surveys.recent().notReached().stream()
        .map(participant -> participant + " has not told what it has prepared")
        .toList();
  }

  @Override
  public Optional<EngineView> find(TransactionKey key) {
    return transaction(key)
        .map(surveys::recent)
        .filter(Standing::isKnown)
        .map(standing -> view(standing, key.payment()));
  }

  private Optional<String> transaction(TransactionKey key) {
    if (key.xid() != null) {
      return Optional.of(BranchXid.transactionOf(key.xid()));
    }
    return recovery.underWay().all().entrySet().stream()
        .filter(transaction -> key.payment().equals(transaction.getValue().payment()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public Effect preview(Steering order, TransactionKey key) {
    return transaction(key)
        .map(transaction -> steering.preview(order, surveys.recent(transaction)))
        .orElseGet(XaEngine::noTransaction);
  }

  @Override
  public Effect perform(Steering order, TransactionKey key) {
    try {
      return transaction(key)
          .map(transaction -> steering.perform(order, surveys.now(transaction)))
          .orElseGet(XaEngine::noTransaction);
    } finally {
      surveys.outdate();
    }
  }

  private static Effect noTransaction() {
    return Effect.refused(
        "No transaction of this payment is under way here, and the log does not have its Xid.");
  }

  /**
   * @param asked the payment that was asked for, or null
   */
  private EngineView view(Standing standing, UUID asked) {
    UUID payment = standing.progress().map(Progress::payment).orElse(asked);
    Optional<Failing> failing = recovery.failing(standing.transaction());
    return new EngineView(
        new TransactionKey(payment, standing.transaction()),
        standing.state(),
        standing.decision(),
        standing.since(),
        owner(standing),
        failing.map(Failing::times).orElse(0),
        failing.map(Failing::error).or(() -> error(standing)).orElse(null),
        standing.isSuspended(),
        forecast.of(standing));
  }

  private static Optional<String> error(Standing standing) {
    List<String> notReached = standing.survey().notReached();
    if (standing.isUnderWay() || notReached.isEmpty()) {
      return standing
          .progress()
          .filter(progress -> progress.state() == TransactionState.UNDOING)
          .map(Progress::cause);
    }
    return Optional.of("not reached: " + String.join(", ", notReached));
  }

  private static String owner(Standing standing) {
    if (standing.isOurs()) {
      return standing.owner() + ", this process";
    }
    if (standing.isElsewhere()) {
      return standing.owner() + ", whose decisions are in another database";
    }
    return standing.owner() + (standing.isOwnerRunning() ? ", runs" : ", does not run");
  }
}

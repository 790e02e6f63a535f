package org.ticketing.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionKey;

/** Carries out what an operator orders, one transaction after the other, each recorded first. */
@Component
class SteeringTransactions {

  private static final Logger log = LoggerFactory.getLogger(SteeringTransactions.class);

  /** These decide something, so that somebody will ask why. */
  private static final Set<Steering> WITH_REASON =
      EnumSet.of(Steering.COMPLETE, Steering.UNDO, Steering.RELEASE);

  /** Nothing is begun any more after this time, so that whoever has ordered it gets an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Effect NOT_BEGUN =
      Effect.refused("It was not begun, because those before it took long; order it again.");

  private static final Effect HEURISTIC =
      Effect.refused(
          "The decision is unknown, so that this would be a heuristic decision; order it as one.");

  private final Transactions transactions;
  private final SteeringRecords records;
  private final Clock clock;

  SteeringTransactions(Transactions transactions, SteeringRecords records, Clock clock) {
    this.transactions = transactions;
    this.records = records;
    this.clock = clock;
  }

  List<Steered> preview(SteeringOrder order) {
    return order.transactions().stream()
        .distinct()
        .map(
            transaction ->
                new Steered(
                    transaction,
                    transactions.preview(order.steering(), transactions.key(transaction))))
        .toList();
  }

  /** Refused with {@code invalid-request} if the reason is missing. */
  List<Steered> steer(UUID operator, SteeringOrder order) {
    if (WITH_REASON.contains(order.steering())
        && (order.reason() == null || order.reason().isBlank())) {
      throw new Refusal(
          Reason.INVALID_REQUEST, "reason must be given, because this decides something.");
    }
    Instant end = clock.instant().plus(LONGEST);
    List<Steered> steered = new ArrayList<>();
    for (String transaction : order.transactions().stream().distinct().toList()) {
      steered.add(
          new Steered(
              transaction,
              clock.instant().isAfter(end) ? NOT_BEGUN : steer(operator, order, transaction)));
    }
    return steered;
  }

  private Effect steer(UUID operator, SteeringOrder order, String transaction) {
    long number = records.begin(operator, order, transaction);
    Effect effect = effect(order, transactions.key(transaction));
    records.end(number, effect);
    log.info(
        "Operator {} has ordered {} of transaction {}: {}",
        operator,
        order.steering(),
        transaction,
        effect);
    return effect;
  }

  private Effect effect(SteeringOrder order, TransactionKey key) {
    Effect preview = transactions.preview(order.steering(), key);
    if (preview.isRefused()) {
      return preview;
    }
    if (preview.heuristic() && !order.heuristic()) {
      return HEURISTIC;
    }
    try {
      return transactions.perform(order.steering(), key);
    } catch (ServiceUnavailable silent) {
      return unfinished(preview, silent.getMessage());
    } catch (RuntimeException failure) {
      log.warn("{} of {} has failed", order.steering(), key, failure);
      return unfinished(preview, "It has failed: " + failure.getMessage());
    }
  }

  /** Some of it may have been done. */
  private static Effect unfinished(Effect preview, String why) {
    return new Effect(preview.steps(), preview.heuristic(), why, false);
  }
}

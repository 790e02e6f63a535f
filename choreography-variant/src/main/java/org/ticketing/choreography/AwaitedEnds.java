package org.ticketing.choreography;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * The payments of this process whose customers wait for their end. The end is told here by the
 * event that brings it. If another process of the payment service has had that event, it is read
 * from the record of payments, in which the customers of this process are looked up together.
 */
@Component
@ConditionalOnHosted("payment")
class AwaitedEnds {

  private static final Logger log = LoggerFactory.getLogger(AwaitedEnds.class);

  private static final int LOOK_MILLIS = 50;

  /** One that is over sooner is not looked up. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);

  private final PaymentParticipant payments;
  private final TransactionLog transactions;
  private final Map<UUID, Awaited> awaited = new ConcurrentHashMap<>();

  AwaitedEnds(PaymentParticipant payments, TransactionLog transactions) {
    this.payments = payments;
    this.transactions = transactions;
  }

  /** A payment whose end is waited for, until this is closed. */
  final class Awaited implements AutoCloseable {

    private final UUID payment;
    private final long since = System.nanoTime();
    private final CompletableFuture<Optional<Refusal>> end = new CompletableFuture<>();

    private Awaited(UUID payment) {
      this.payment = payment;
    }

    /**
     * Waits for the end.
     *
     * @return why it failed, in an {@link Optional} that is empty if it completed; null if it has
     *     not ended in time
     * @throws OutcomeUnknown the process ends meanwhile; the payment goes on without it
     */
    Optional<Refusal> within(Duration time) {
      try {
        return end.get(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        return null;
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new OutcomeUnknown("The service is stopping, and others end the payment.", stopping);
      } catch (ExecutionException neverHappens) {
        throw new IllegalStateException(neverHappens);
      }
    }

    @Override
    public void close() {
      awaited.remove(payment);
    }
  }

  Awaited await(UUID payment) {
    Awaited waiting = new Awaited(payment);
    awaited.put(payment, waiting);
    return waiting;
  }

  /** Tells whoever waits, here, that a payment has ended. */
  void tell(UUID payment, Optional<Refusal> end) {
    Awaited waiting = awaited.get(payment);
    if (waiting != null) {
      waiting.end.complete(end);
      return;
    }
    transactions.changed(
        payment,
        null,
        TransactionState.WORKING,
        end.isEmpty() ? TransactionState.COMPLETED : TransactionState.UNDONE,
        end.map(Refusal::getMessage).orElse("nobody waited here any more"));
  }

  @Scheduled(fixedDelay = LOOK_MILLIS, timeUnit = TimeUnit.MILLISECONDS)
  void lookForOthers() {
    long now = System.nanoTime();
    Set<UUID> waiting =
        awaited.values().stream()
            .filter(each -> !each.end.isDone() && now - each.since > PATIENCE_NANOS)
            .map(each -> each.payment)
            .collect(toSet());
    if (waiting.isEmpty()) {
      return;
    }
    try {
      payments
          .ended(waiting)
          .forEach(
              (payment, end) ->
                  Optional.ofNullable(awaited.get(payment))
                      .ifPresent(each -> each.end.complete(end)));
    } catch (DataAccessException | TransactionException failure) {
      log.debug("Awaited payments cannot be looked up: {}", failure.toString());
    }
  }
}

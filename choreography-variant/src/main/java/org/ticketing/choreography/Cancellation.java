package org.ticketing.choreography;

import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;

import java.time.Duration;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Gives a payment up that has not ended. Its record fails, and the others are told to undo what
 * they have done, or never to do it: one local transaction, which decides.
 */
@Component
@ConditionalOnHosted("payment")
class Cancellation {

  /** How long a customer waits for the others to undo a payment, if they are there. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final PaymentParticipant payments;
  private final Publication publication;
  private final Undoings undoings;
  private final TransactionOperations transactions;
  private final TransactionLog log;

  Cancellation(
      PaymentParticipant payments,
      Publication publication,
      Undoings undoings,
      TransactionOperations transactions,
      TransactionLog log) {
    this.payments = payments;
    this.publication = publication;
    this.undoings = undoings;
    this.transactions = transactions;
    this.log = log;
  }

  /**
   * @return false if it has ended before
   */
  boolean cancel(PaymentView payment, Refusal why) {
    PaymentEvent event =
        PaymentEvent.of(
            PAYMENT_CANCELLED,
            payment.id(),
            payment.userId(),
            payment.reservationId(),
            payment.amount());
    return cancel(event, why);
  }

  /**
   * @param event that it is cancelled
   * @return false if it has ended before
   */
  boolean cancel(PaymentEvent event, Refusal why) {
    boolean cancelled =
        Boolean.TRUE.equals(
            transactions.execute(
                transaction -> {
                  boolean failed = payments.fail(event.paymentId(), why);
                  if (failed) {
                    undoings.begin(event);
                    publication.publish(event);
                  }
                  return failed;
                }));
    if (cancelled) {
      log.changed(
          event.paymentId(),
          null,
          TransactionState.WORKING,
          TransactionState.UNDOING,
          why.getMessage());
    }
    return cancelled;
  }

  /**
   * Waits until everybody has undone a payment that is cancelled, or for as long as can be expected
   * of those who are there. A customer who looks then finds nothing of it, and can pay again at
   * once.
   */
  void awaitUndone(UUID payment) {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    try {
      while (undoings.has(payment) && System.nanoTime() < deadline) {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (DataAccessException notToBeSeen) {
      // It is cancelled all the same.
    }
  }
}

package org.ticketing.choreography;

import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;

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

  private final PaymentParticipant payments;
  private final Publication publication;
  private final TransactionOperations transactions;
  private final TransactionLog log;

  Cancellation(
      PaymentParticipant payments,
      Publication publication,
      TransactionOperations transactions,
      TransactionLog log) {
    this.payments = payments;
    this.publication = publication;
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
}

package org.ticketing.choreography;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Cancels the payments that have not ended in time and whose own process does not: it has died.
 * Several processes may do this at the same time. After a start they first give the events that
 * have waited for this service the time to come in, because most such payments end by them.
 */
@Component
@ConditionalOnHosted("payment")
class OverduePayments {

  private static final Logger log = LoggerFactory.getLogger(OverduePayments.class);

  /** How much longer than the process of the payment this waits. */
  static final Duration ITS_TURN = Duration.ofSeconds(5);

  private static final int SECONDS_BETWEEN_LOOKS = 5;
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(SECONDS_BETWEEN_LOOKS);

  private static final int AT_ONCE = 100;

  private static final Refusal INTERRUPTED =
      new Refusal(Reason.PAYMENT_CANCELLED, "The payment was interrupted and is being undone.");

  private final PaymentParticipant payments;
  private final Cancellation cancellation;
  private final Duration patience;
  private final Clock clock;

  OverduePayments(
      PaymentParticipant payments,
      Cancellation cancellation,
      ChoreographySettings settings,
      Clock clock) {
    this.payments = payments;
    this.cancellation = cancellation;
    this.patience = settings.paymentTimeout().plus(ITS_TURN);
    this.clock = clock;
  }

  @Scheduled(
      initialDelay = SECONDS_BETWEEN_LOOKS,
      fixedDelay = SECONDS_BETWEEN_LOOKS,
      timeUnit = TimeUnit.SECONDS)
  void cancelThem() {
    payments.requestedBefore(clock.instant().minus(patience), AT_ONCE).forEach(this::cancel);
  }

  /** One that is locked, because an event is about to end it, keeps no other waiting. */
  private void cancel(PaymentView payment) {
    try {
      if (cancellation.cancel(payment, INTERRUPTED)) {
        log.warn("Payment {} has not ended in time and is cancelled", payment.id());
      }
    } catch (DataAccessException | TransactionException failure) {
      log.warn("Payment {} is not cancelled yet: {}", payment.id(), failure.toString());
    }
  }
}

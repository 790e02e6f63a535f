package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Taken;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Backoff;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Makes an accepted payment, whatever became of earlier attempts at it. It relies on nothing but
 * the record of the payment: the row of an accepted payment is there from the start, with its id
 * and its key, and says what has become of it.
 *
 * <table>
 *   <caption>What the record says, and what that means</caption>
 *   <tr><td>FAILED</td><td>Nothing remains. An attempt that is still under way somewhere can record
 *       nothing any more, because {@link PaymentParticipant#request} refuses a payment that has
 *       failed, and it is the first step of every system.</td></tr>
 *   <tr><td>COMPLETED, and final</td><td>It was made.</td></tr>
 *   <tr><td>REQUESTED, not recorded by an attempt</td><td>No attempt has done anything that lasts,
 *       or it was undone without a trace. It is attempted again, with the same id, unless {@link
 *       PaymentProtocol#isRepeatable} denies that: then it is given up, by a change of this row
 *       which an attempt that is still under way meets.</td></tr>
 *   <tr><td>REQUESTED, and recorded</td><td>The protocol's recovery ends it, and this looks again.
 *       If nobody would, it is attempted again.</td></tr>
 * </table>
 *
 * <p>Why an attempt with the same id is safe, even if an earlier one is still at work because its
 * process was only taken for dead:
 *
 * <ul>
 *   <li><b>One local transaction, and XA:</b> recording the payment changes its row in the same
 *       transaction as everything else. So an attempt has the others wait for its row until it is
 *       committed, and then they find it COMPLETED, or rolled back, and then nothing of it remains.
 *       While its branches are prepared at participants, the next attempt gets no answer there,
 *       changes nothing, and is repeated.
 *   <li><b>TCC:</b> the first try records the payment, and only if no attempt has done so before
 *       ({@link PaymentParticipant#requestOnce}). The second attempt ends there, and has tried
 *       nothing that a cancel of its own could undo.
 *   <li><b>Saga:</b> the log has one saga a payment (a unique key), so there is no second attempt
 *       once there was a first. What the log does not know has done nothing.
 *   <li><b>Choreography:</b> one attempt alone records the payment, in the transaction that has its
 *       first event, and the events end it. An attempt that is not recorded has told nobody.
 *   <li><b>Without a protocol:</b> every step is idempotent by the payment's id and nobody undoes
 *       one, so that what was cut off is gone on with, without looking up again what has changed by
 *       it.
 * </ul>
 */
@Component
class PaymentWorker {

  private static final Logger log = LoggerFactory.getLogger(PaymentWorker.class);

  /**
   * After so many attempts, a payment that gets no answer fails as others do. The pauses between
   * them add up to half a minute, in which every protocol has recovered what an attempt has left.
   */
  private static final int MOST_ATTEMPTS = 6;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Refusal INTERRUPTED =
      new Refusal(
          Reason.PAYMENT_CANCELLED, "The payment was interrupted and nothing remains of it.");

  private final AcceptedPayments accepted;
  private final Payments record;
  private final PaymentService payments;
  private final PaymentProtocol protocol;
  private final SchedulerClient jobs;
  private final Clock clock;

  PaymentWorker(
      AcceptedPayments accepted,
      Payments record,
      PaymentService payments,
      PaymentProtocol protocol,
      SchedulerClient jobs,
      Clock clock) {
    this.accepted = accepted;
    this.record = record;
    this.payments = payments;
    this.protocol = protocol;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Makes the payment, or finds out what has become of it.
   *
   * @return how long to wait before somebody looks at it again; empty if it has ended
   */
  Optional<Duration> make(Taken taken) {
    Payment before = record.find(taken.paymentId()).orElseThrow();
    if (before.is(Status.REQUESTED)) {
      if (isToBeAttempted(taken, before)) {
        Optional<Duration> pause = attempt(taken, before);
        if (pause.isPresent()) {
          return pause;
        }
      } else if (before.isWaiting()) {
        record.giveUp(taken.paymentId(), INTERRUPTED);
      }
    }
    boolean ended = record.find(taken.paymentId()).filter(payments::hasEnded).isPresent();
    return ended ? Optional.empty() : Optional.of(LOOK_AGAIN);
  }

  private boolean isToBeAttempted(Taken taken, Payment payment) {
    return taken.attempts() == 1 || protocol.isRepeatable(payment.id(), payment.amount() != null);
  }

  /** A pause if nothing has become of it for want of an answer. */
  private Optional<Duration> attempt(Taken taken, Payment payment) {
    try {
      payments.make(payment, taken.order(), taken.attempts() < MOST_ATTEMPTS);
    } catch (ServiceUnavailable silent) {
      return Optional.of(Backoff.after(taken.attempts()));
    } catch (RuntimeException told) {
      // Also a failure: what counts is the record.
      log.debug("Payment {} was attempted: {}", taken.paymentId(), told.toString());
    }
    return Optional.empty();
  }

  /**
   * Ends it in the queue as it has ended in the record, and then stages that the payer is told. Not
   * in one transaction: the job that tells the user may be there and about to go, and it looks once
   * more after it has gone. So whoever finds it has to have committed before.
   */
  void end(Taken taken) {
    Status outcome = record.find(taken.paymentId()).orElseThrow().status();
    if (accepted.end(taken, outcome)) {
      jobs.scheduleIfNotExists(PayerWebhookJob.of(taken.order().userId()), clock.instant());
    }
  }
}

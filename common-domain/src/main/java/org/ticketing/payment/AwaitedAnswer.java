package org.ticketing.payment;

import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;
import org.ticketing.payment.PaymentApi.Status;

/**
 * Answers a payer who waits for a while: as soon as the payment has ended, or else, when the time
 * is over, that it was accepted. No thread waits. Of several threads that could answer, the one
 * that takes it from the watches does.
 */
abstract class AwaitedAnswer implements PaymentWatches.Follower {

  private final DeferredResult<ResponseEntity<Object>> answer;
  private final Duration longest;
  private final PaymentWatches watches;

  AwaitedAnswer(Duration longest, PaymentWatches watches) {
    // It is answered in time by the watches. The container looks at requests once a second.
    this.answer = new DeferredResult<>(longest.multipliedBy(2).toMillis());
    this.longest = longest;
    this.watches = watches;
    answer.onTimeout(this::stopped);
    answer.onCompletion(() -> watches.leave(this));
  }

  /** The end of the payment. What it throws is the answer, too. */
  abstract ResponseEntity<Object> ended(Payment payment);

  /** That it was accepted. */
  abstract ResponseEntity<Object> accepted();

  DeferredResult<ResponseEntity<Object>> answer() {
    return answer;
  }

  @Override
  public void changed(Payment payment) {
    if (payment.is(Status.REQUESTED) || !watches.leave(this)) {
      return;
    }
    try {
      answer.setResult(ended(payment));
    } catch (RuntimeException refusal) {
      answer.setErrorResult(refusal);
    }
  }

  @Override
  public Duration interval() {
    return longest;
  }

  @Override
  public void intervalOver() {
    stopped();
  }

  @Override
  public void stopped() {
    if (watches.leave(this)) {
      answer.setResult(accepted());
    }
  }
}

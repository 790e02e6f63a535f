package org.ticketing.choreography;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Service;

/**
 * Ends payments. The record of the payment decides: one that was cancelled stays so, whatever comes
 * afterwards, and one that has completed is not cancelled any more.
 */
@Component
@ConditionalOnHosted("payment")
class PaymentReactions implements Reactions {

  private final PaymentParticipant payments;
  private final AwaitedEnds ends;
  private final Undoings undoings;

  PaymentReactions(PaymentParticipant payments, AwaitedEnds ends, Undoings undoings) {
    this.payments = payments;
    this.ends = ends;
    this.undoings = undoings;
  }

  @Override
  public Service reader() {
    return Service.PAYMENT;
  }

  @Override
  public Optional<PaymentEvent> to(PaymentEvent event) {
    switch (event.knownKind()) {
      case RESERVATION_COMPLETED -> complete(event);
      case POINTS_REFUSED, POINTS_REFUNDED -> fail(event);
      case POINTS_RESTORED, RESERVATION_REOPENED ->
          undoings.end(event.paymentId(), event.knownKind().publisher());
      default -> throw new IllegalArgumentException("payments do not depend on " + event);
    }
    return Optional.empty();
  }

  private void complete(PaymentEvent event) {
    if (payments.completeUnlessFailed(event.paymentId())) {
      tell(event, Optional.empty());
    }
  }

  private void fail(PaymentEvent event) {
    Refusal why = event.refusal();
    if (payments.fail(event.paymentId(), why)) {
      tell(event, Optional.of(why));
    }
  }

  private void tell(PaymentEvent event, Optional<Refusal> end) {
    AfterCommit.run(() -> ends.tell(event.paymentId(), end));
  }

  /** The payment's own part is refused by no rule. */
  @Override
  public Optional<PaymentEvent> refused(PaymentEvent event, Refusal why) {
    throw why;
  }
}

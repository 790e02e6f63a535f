package org.ticketing.payment;

import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Tells whether a user's payment may still give points back. A wallet that was closed while a
 * payment had used its points is not empty for long if that payment is then undone.
 */
@Component
class PaymentsUnderWay {

  private final Payments payments;
  private final PaymentProtocol protocol;

  PaymentsUnderWay(Payments payments, PaymentProtocol protocol) {
    this.payments = payments;
    this.protocol = protocol;
  }

  /** Refused with {@code payment-in-progress}. */
  void requireNone(UUID userId) {
    if (payments.hasRequested(userId)
        || mayBeUndone(payments.justCompleted(userId))
        || protocol.isUndoing(userId)) {
      throw new Refusal(Reason.PAYMENT_IN_PROGRESS, "A payment of the user is under way.");
    }
  }

  private boolean mayBeUndone(Set<UUID> completed) {
    return !completed.isEmpty() && !protocol.finalOf(completed).containsAll(completed);
  }
}

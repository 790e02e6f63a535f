package org.ticketing.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** The record of payments, as {@link PaymentDesk} reads it and completes it with refusals. */
@Service
class PaymentService {

  private final Payments payments;
  private final Clock clock;

  PaymentService(Payments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /**
   * Records why a payment failed, also over the mere fact that its protocol undid it.
   *
   * @return the payment as recorded
   * @throws DuplicatePayment another payment of this user has the key
   */
  @Transactional
  Payment refuse(UUID paymentId, Order order, Refusal why) {
    Instant now = clock.instant();
    return payments
        .refuse(paymentId, why, now)
        .or(() -> payments.addFailed(paymentId, order, null, why, now))
        .or(() -> payments.find(paymentId))
        .orElseThrow(DuplicatePayment::new);
  }

  Optional<Payment> withKey(UUID userId, String idempotencyKey) {
    return payments.withKey(userId, idempotencyKey);
  }

  List<PaymentView> ofUser(UUID userId, int page, int size) {
    return payments.ofUser(userId, page, size).stream().map(Payment::view).toList();
  }

  PaymentView find(UUID paymentId) {
    return payments
        .find(paymentId)
        .map(Payment::view)
        .orElseThrow(
            () -> new Refusal(Reason.UNKNOWN_PAYMENT, "There is no payment " + paymentId + "."));
  }
}

package org.ticketing.payment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Length;
import org.ticketing.payment.PaymentApi.PayerWebhook;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Accepts payments that are made later. What is accepted is durable, has its id and its key, and is
 * made or refused as any other payment, whatever happens to this process.
 */
@Component
class Acceptance {

  /**
   * @param repeated whether the key was known before
   */
  record Accepted(Payment payment, boolean repeated) {}

  private final PaymentService payments;
  private final AcceptedPayments queue;
  private final PaymentWorkers workers;
  private final Asynchrony settings;

  Acceptance(
      PaymentService payments,
      AcceptedPayments queue,
      PaymentWorkers workers,
      Asynchrony settings) {
    this.payments = payments;
    this.queue = queue;
    this.workers = workers;
    this.settings = settings;
  }

  /**
   * Accepts the payment, unless one with its key is known, be it accepted or not; that is returned
   * then. Refused with {@code idempotency-key-reused} and, if too many wait, with {@code
   * too-many-payments}.
   */
  Accepted accept(Order order, PayerWebhook webhook) {
    Optional<Payment> earlier = payments.earlier(order);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    UUID paymentId = UUID.randomUUID();
    Optional<Payment> added =
        PaymentService.orUnknown(
            () -> {
              requireRoom(order.userId());
              return queue.accept(paymentId, order, webhook);
            });
    if (added.isPresent()) {
      workers.wake();
      return new Accepted(added.get(), false);
    }
    return payments
        .earlier(order)
        .map(recorded -> new Accepted(recorded, true))
        .orElseThrow(
            () ->
                new Refusal(Reason.PAYMENT_IN_PROGRESS, "Another payment had the key; ask again."));
  }

  private void requireRoom(UUID userId) {
    Length length = queue.length(userId);
    if (length.ofUser() >= settings.ofUser()) {
      throw new Refusal(
          Reason.TOO_MANY_PAYMENTS, "Too many of your payments wait already; try again later.");
    }
    if (length.all() >= settings.length()) {
      throw new Refusal(
          Reason.TOO_MANY_PAYMENTS, "Too many payments wait already; try again later.");
    }
  }
}

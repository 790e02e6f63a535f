package org.ticketing.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** The record of payments. The operations a protocol calls are idempotent by payment id. */
@Service
public class PaymentService {

  private static final Refusal CANCELLED =
      new Refusal(Reason.PAYMENT_CANCELLED, "The payment was interrupted and has been undone.");

  private final Payments payments;
  private final Clock clock;

  PaymentService(Payments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /**
   * Records the payment as REQUESTED and thereby claims its key.
   *
   * @throws DuplicatePayment another payment of this user has the key
   * @throws IllegalStateException the payment has FAILED
   */
  @Transactional
  public void request(PaymentCommand command) {
    if (payments.add(command, clock.instant())) {
      return;
    }
    Payment earlier = payments.find(command.paymentId()).orElseThrow(DuplicatePayment::new);
    if (earlier.is(Status.FAILED)) {
      throw new IllegalStateException("payment " + command.paymentId() + " has failed");
    }
  }

  /**
   * REQUESTED becomes COMPLETED, and what follows is staged in the same transaction.
   *
   * @throws IllegalStateException there is no such payment, or it has FAILED
   */
  @Transactional
  public void complete(UUID paymentId) {
    boolean completed =
        payments.complete(paymentId, clock.instant())
            || payments.find(paymentId).filter(found -> found.is(Status.COMPLETED)).isPresent();
    if (!completed) {
      throw new IllegalStateException("payment " + paymentId + " is not under way");
    }
  }

  /** The protocol has undone the payment: it becomes FAILED, if it was recorded at all. */
  @Transactional
  public void cancel(UUID paymentId) {
    payments.undo(paymentId, CANCELLED, clock.instant());
  }

  /**
   * As {@link #cancel(UUID)}, and one that was never recorded is recorded as FAILED: a record that
   * arrives late is refused then, as it is when another payment has taken the key.
   */
  @Transactional
  public void cancel(PaymentCommand command) {
    var order = new Order(command.userId(), command.idempotencyKey(), command.reservationId());
    Instant now = clock.instant();
    Optional<Payment> added =
        payments.addFailed(command.paymentId(), order, command.amount(), CANCELLED, now);
    if (added.isEmpty()) {
      payments.undo(command.paymentId(), CANCELLED, now);
    }
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

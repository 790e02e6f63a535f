package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Refusal;

/** The record of payments. The operations a protocol calls are idempotent by payment id. */
@Service
@Transactional
public class PaymentService {

  private static final Refusal CANCELLED =
      new Refusal(
          "payment-cancelled",
          HttpStatus.SERVICE_UNAVAILABLE,
          "The payment was interrupted and has been undone.");

  private final PaymentRepository payments;
  private final SchedulerClient jobs;
  private final Clock clock;

  PaymentService(PaymentRepository payments, SchedulerClient jobs, Clock clock) {
    this.payments = payments;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Records the payment as REQUESTED and thereby claims its key.
   *
   * @throws DuplicatePayment another payment of this user has the key
   * @throws IllegalStateException the payment has FAILED
   */
  public void request(PaymentCommand command) {
    Optional<Payment> earlier = payments.findById(command.paymentId());
    if (earlier.isEmpty()) {
      insert(requested(command));
    } else if (earlier.get().is(Status.FAILED)) {
      throw new IllegalStateException("payment " + command.paymentId() + " has failed");
    }
  }

  /**
   * REQUESTED becomes COMPLETED, and what follows is staged in the same transaction.
   *
   * @throws IllegalStateException there is no such payment, or it has FAILED
   */
  public void complete(UUID paymentId) {
    Payment payment =
        payments
            .findById(paymentId)
            .filter(found -> !found.is(Status.FAILED))
            .orElseThrow(
                () -> new IllegalStateException("payment " + paymentId + " is not under way"));
    if (payment.is(Status.REQUESTED)) {
      payment.complete(clock.instant());
      jobs.scheduleIfNotExists(AfterPayment.of(paymentId), clock.instant());
    }
  }

  /** The protocol has undone the payment: it becomes FAILED, if it was recorded at all. */
  public void cancel(UUID paymentId) {
    payments
        .findById(paymentId)
        .filter(payment -> !payment.is(Status.FAILED))
        .ifPresent(payment -> payment.fail(CANCELLED, clock.instant()));
  }

  /**
   * As {@link #cancel(UUID)}, and one that was never recorded is recorded as FAILED: a record that
   * arrives late is refused then, as it is when another payment has taken the key.
   *
   * @throws DuplicatePayment it is being recorded at this moment; to be repeated
   */
  public void cancel(PaymentCommand command) {
    if (payments.existsById(command.paymentId())
        || payments
            .findByUserIdAndIdempotencyKey(command.userId(), command.idempotencyKey())
            .isPresent()) {
      cancel(command.paymentId());
    } else {
      Payment payment = requested(command);
      payment.fail(CANCELLED, clock.instant());
      insert(payment);
    }
  }

  /**
   * Records why a payment failed, also over the mere fact that its protocol undid it.
   *
   * @return the payment as recorded
   * @throws DuplicatePayment another payment of this user has the key
   */
  Payment refuse(UUID paymentId, Order order, Refusal why) {
    Payment payment =
        payments
            .findById(paymentId)
            .orElseGet(
                () ->
                    insert(
                        new Payment(
                            paymentId,
                            order.key(),
                            order.userId(),
                            order.reservationId(),
                            null,
                            clock.instant())));
    if (!payment.is(Status.COMPLETED)) {
      payment.fail(why, clock.instant());
    }
    return payment;
  }

  @Transactional(readOnly = true)
  Optional<Payment> withKey(UUID userId, String idempotencyKey) {
    return payments.findByUserIdAndIdempotencyKey(userId, idempotencyKey);
  }

  @Transactional(readOnly = true)
  List<PaymentView> ofUser(UUID userId, int page, int size) {
    return payments
        .findByUserIdOrderByRequestedAtDescId(userId, PageRequest.of(page, size))
        .stream()
        .map(Payment::view)
        .toList();
  }

  @Transactional(readOnly = true)
  PaymentView find(UUID paymentId) {
    return payments
        .findById(paymentId)
        .map(Payment::view)
        .orElseThrow(
            () ->
                new Refusal(
                    "unknown-payment",
                    HttpStatus.NOT_FOUND,
                    "There is no payment " + paymentId + "."));
  }

  private Payment requested(PaymentCommand command) {
    return new Payment(
        command.paymentId(),
        command.idempotencyKey(),
        command.userId(),
        command.reservationId(),
        command.amount(),
        clock.instant());
  }

  private Payment insert(Payment payment) {
    try {
      return payments.saveAndFlush(payment);
    } catch (DataIntegrityViolationException taken) {
      throw new DuplicatePayment();
    }
  }
}

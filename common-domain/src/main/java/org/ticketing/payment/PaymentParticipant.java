package org.ticketing.payment;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * The payment service's own part in a payment: the operations that the commit protocols call.
 *
 * <ul>
 *   <li>{@link #request} and {@link #complete} are the first and the last step of every system; in
 *       TCC they are try and confirm.
 *   <li>{@link #cancel(UUID)} is the cancel of TCC, and the compensation of {@link #complete} in
 *       the saga.
 *   <li>{@link #cancel(PaymentCommand)} is the compensation of {@link #request} in the saga.
 *   <li>{@link #completeUnlessFailed} and {@link #fail} are the two ends of a payment that others
 *       carry on by events; which of them comes first, decides.
 * </ul>
 *
 * <p>Each operation runs in the caller's transaction or, without one, in its own. All are
 * idempotent by the payment's id: called again they change nothing.
 */
@Component
@Transactional
public class PaymentParticipant {

  private static final Refusal INTERRUPTED =
      new Refusal(Reason.PAYMENT_CANCELLED, "The payment was interrupted and has been undone.");

  private final Payments payments;
  private final Failures failures;

  PaymentParticipant(Payments payments, Failures failures) {
    this.payments = payments;
    this.failures = failures;
  }

  /**
   * Records the payment as REQUESTED. Its idempotency key is taken from then on. One that was
   * accepted before it is made is REQUESTED already; it gets its amount.
   *
   * @throws DuplicatePayment another payment of this user has the key
   * @throws IllegalStateException the payment has FAILED
   */
  public void request(PaymentCommand command) {
    if (!payments.add(command) && !payments.record(command)) {
      requireNotFailed(command);
    }
  }

  /**
   * As {@link #request}, but not idempotent: the second attempt at a payment is refused. For a
   * protocol that may undo an attempt of which nobody knows any more, by the payment's id.
   *
   * @throws DuplicatePayment another attempt has recorded the payment, or another payment of this
   *     user has the key
   * @throws IllegalStateException the payment has FAILED
   */
  public void requestOnce(PaymentCommand command) {
    if (!payments.add(command) && !payments.record(command)) {
      requireNotFailed(command);
      throw new DuplicatePayment();
    }
  }

  private void requireNotFailed(PaymentCommand command) {
    Payment earlier = payments.find(command.paymentId()).orElseThrow(DuplicatePayment::new);
    if (earlier.is(Status.FAILED)) {
      throw new IllegalStateException("payment " + command.paymentId() + " has failed");
    }
  }

  /**
   * REQUESTED becomes COMPLETED, and its follow-up is staged in the same transaction.
   *
   * @throws IllegalStateException there is no such payment, or it has FAILED
   */
  public void complete(UUID paymentId) {
    if (!completeUnlessFailed(paymentId)) {
      throw new IllegalStateException("payment " + paymentId + " is not under way");
    }
  }

  /**
   * Does the same as {@link #complete}, where a payment that has FAILED is no error.
   *
   * @return false if there is no such payment, or it has FAILED
   */
  public boolean completeUnlessFailed(UUID paymentId) {
    return payments.complete(paymentId)
        || payments.find(paymentId).filter(found -> found.is(Status.COMPLETED)).isPresent();
  }

  /**
   * REQUESTED becomes FAILED for that reason.
   *
   * @return false if there is no such payment, or it has ended before
   */
  public boolean fail(UUID paymentId, Refusal why) {
    return payments.failRequested(paymentId, why);
  }

  /** Those of the payments that have ended, each with why it FAILED; empty if it COMPLETED. */
  public Map<UUID, Optional<Refusal>> ended(Set<UUID> paymentIds) {
    return payments.ended(paymentIds).stream()
        .collect(toMap(Payment::id, payment -> Optional.ofNullable(payment.refusal())));
  }

  /**
   * Payments that were recorded by {@link #request} before then and are still REQUESTED, the oldest
   * first. An accepted one that waits for its attempt is none of them.
   */
  public List<PaymentView> requestedBefore(Instant then, int limit) {
    return payments.requestedBefore(then, limit).stream().map(Payment::view).toList();
  }

  /** The payment as it is recorded. */
  public Optional<PaymentView> find(UUID paymentId) {
    return payments.find(paymentId).map(Payment::view);
  }

  /**
   * Says why a payment fails, before anything of it is undone: {@link #cancel} records that. Has no
   * effect if the payment is not being attempted in this process, if it is failing already, or if
   * the failure is neither a {@link Refusal} nor {@link ServiceUnavailable}.
   */
  @Transactional(propagation = Propagation.SUPPORTS)
  public void failing(UUID paymentId, Throwable failure) {
    failures.failing(paymentId, failure);
  }

  /**
   * REQUESTED or COMPLETED becomes FAILED, for the reason that {@link #failing} has given or else
   * because it was interrupted. If the payment was never recorded, nothing happens.
   */
  public void cancel(UUID paymentId) {
    payments.cancel(paymentId, whyCancelled(paymentId));
  }

  /**
   * Does the same as {@link #cancel(UUID)}. If the payment was never recorded, this leaves a
   * tombstone, a FAILED payment with its key, so that a {@link #request} that arrives later is
   * refused. No tombstone is needed if another payment has taken the key.
   */
  public void cancel(PaymentCommand command) {
    UUID id = command.paymentId();
    Refusal why = whyCancelled(id);
    if (payments.addFailed(id, command.order(), command.amount(), why).isEmpty()) {
      payments.cancel(id, why);
    }
  }

  private Refusal whyCancelled(UUID paymentId) {
    return failures.of(paymentId).orElse(INTERRUPTED);
  }
}

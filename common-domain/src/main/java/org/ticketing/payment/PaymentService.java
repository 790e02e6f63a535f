package org.ticketing.payment;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.LogField;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * What every system does around its protocol: it answers from the record if the idempotency key is
 * known, looks up what the protocol needs, records why a payment failed, and tells of payments.
 */
@Service
class PaymentService {

  private static final Logger logger = LoggerFactory.getLogger(PaymentService.class);

  private final Payments payments;
  private final LookUps lookUps;
  private final PaymentProtocol protocol;
  private final Failures failures;
  private final PaymentObservations observations;
  private final PaymentLog log;

  PaymentService(
      Payments payments,
      LookUps lookUps,
      PaymentProtocol protocol,
      Failures failures,
      PaymentObservations observations,
      PaymentLog log) {
    this.payments = payments;
    this.lookUps = lookUps;
    this.protocol = protocol;
    this.failures = failures;
    this.observations = observations;
    this.log = log;
  }

  /**
   * Pays, or gives the answer of the earlier payment with this key.
   *
   * @param replaying is run before an answer is given, or a refusal thrown, that is the end of an
   *     earlier payment
   */
  Receipt pay(Order order, Runnable replaying) {
    return observations.observe(() -> orUnknown(() -> answerOrPay(order, replaying)));
  }

  private Receipt answerOrPay(Order order, Runnable replaying) {
    Optional<Payment> earlier = payments.withKeyOf(order);
    return earlier.isPresent()
        ? answerAgain(earlier.get(), order, replaying)
        : payAnew(order, replaying);
  }

  private Receipt payAnew(Order order, Runnable replaying) {
    UUID paymentId = UUID.randomUUID();
    Supplier<PaymentCommand> command = () -> lookUps.commandFor(paymentId, order);
    try {
      return attemptLogged(paymentId, order, command, Repetition.NONE);
    } catch (DuplicatePayment concurrent) {
      Payment other = payments.withKeyOf(order).orElseThrow(PaymentService::inProgress);
      return answerAgain(other, order, replaying);
    }
  }

  /**
   * Attempts a payment that was accepted before. What became of it is in the record: whatever this
   * throws but {@link ServiceUnavailable} says no more than that.
   *
   * <p>An attempt that has recorded the payment has looked up what it needs. Another one goes on
   * with what is recorded: its reservation may be confirmed by now, and not held any more.
   *
   * @param accepted as it is recorded
   * @param repeatedly whether somebody attempts it again if it comes to nothing for want of an
   *     answer
   * @throws ServiceUnavailable it is to be attempted again, and may be
   */
  void make(Payment accepted, Order order, boolean repeatedly) {
    UUID paymentId = accepted.id();
    Repetition repetition = repeatedly ? Repetition.POSSIBLE : Repetition.OVER;
    Supplier<PaymentCommand> command =
        accepted.isWaiting()
            ? () -> lookUps.commandFor(paymentId, order)
            : () -> order.payment(paymentId, accepted.amount());
    observations.observe(
        () -> orUnknown(() -> attemptLogged(paymentId, order, command, repetition)));
  }

  /** Whether an attempt may be followed by another one at the same payment. */
  private enum Repetition {
    /** It is the only one. */
    NONE,
    /** It was accepted before, and this is the last attempt. */
    OVER,
    /** It was accepted before, and is attempted again. */
    POSSIBLE
  }

  private Receipt attemptLogged(
      UUID paymentId, Order order, Supplier<PaymentCommand> lookUp, Repetition repetition) {
    return log.write(
        paymentId,
        order,
        () -> failures.during(paymentId, () -> attempt(paymentId, order, lookUp, repetition)));
  }

  /**
   * Fails the payment for what this attempt has met. An accepted one may have been recorded by
   * another attempt meanwhile, from a process that took this one for dead. Then its protocol has
   * it, and what this one could not look up or reach does not end it.
   */
  private Receipt attempt(
      UUID paymentId, Order order, Supplier<PaymentCommand> lookUp, Repetition repetition) {
    LogField.PAYMENT.set(paymentId);
    PaymentCommand command = null;
    try {
      requireNoneBeingUndone(order.userId());
      command = lookUp.get();
      return protocol.pay(command);
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.PRICE_CHANGED) {
        lookUps.forget(order);
      }
      return command == null
          ? failUnrecorded(paymentId, order, refusal)
          : fail(paymentId, order, refusal);
    } catch (ServiceUnavailable failure) {
      logger.warn(
          "Cannot be paid: {} ({})", failure.getMessage(), String.valueOf(failure.getCause()));
      boolean repeatable = repetition != Repetition.NONE && isRepeatable(paymentId);
      if (repeatable && repetition == Repetition.POSSIBLE) {
        throw failure;
      }
      Refusal refusal = Failures.unavailable(failure);
      return command == null || repetition != Repetition.NONE && !repeatable
          ? failUnrecorded(paymentId, order, refusal)
          : fail(paymentId, order, refusal);
    }
  }

  /**
   * Before anything is looked up: afterwards it could be undone, and what was looked up before
   * would be refused for a payment of which nothing remains.
   */
  private void requireNoneBeingUndone(UUID userId) {
    if (protocol.isUndoing(userId)) {
      throw new ServiceUnavailable("An earlier payment of the user is still being undone.");
    }
  }

  private boolean isRepeatable(UUID paymentId) {
    return payments
        .find(paymentId)
        .filter(payment -> payment.is(Status.REQUESTED))
        .filter(payment -> protocol.isRepeatable(paymentId, payment.amount() != null))
        .isPresent();
  }

  private Receipt answerAgain(Payment earlier, Order order, Runnable replaying) {
    log.askedAgain(earlier.id());
    requireSame(earlier, order);
    if (hasEnded(earlier)) {
      replaying.run();
    }
    return answer(earlier, order);
  }

  /** The payment with this key, with whatever has become of it; see {@link #answer}. */
  Optional<Payment> earlier(Order order) {
    return orUnknown(
        () -> {
          Optional<Payment> earlier = payments.withKeyOf(order);
          earlier.ifPresent(payment -> requireSame(payment, order));
          return earlier;
        });
  }

  /** Whether nothing becomes of it any more but what the record says. */
  boolean hasEnded(Payment payment) {
    return switch (payment.status()) {
      case REQUESTED -> false;
      case COMPLETED -> orUnknown(() -> protocol.isFinal(payment.id()));
      case FAILED -> true;
    };
  }

  /** Records why the payment failed, and answers what the record then says. */
  private Receipt fail(UUID paymentId, Order order, Refusal why) {
    return answer(payments.fail(paymentId, order, why), order);
  }

  /** The same, unless an attempt has recorded the payment. */
  private Receipt failUnrecorded(UUID paymentId, Order order, Refusal why) {
    return answer(payments.failUnrecorded(paymentId, order, why), order);
  }

  private static void requireSame(Payment payment, Order order) {
    if (!payment.isFor(order.reservationId())) {
      throw new Refusal(
          Reason.IDEMPOTENCY_KEY_REUSED, "This key was used to pay another reservation.");
    }
  }

  private Receipt answer(Payment payment, Order order) {
    LogField.PAYMENT.set(payment.id());
    requireSame(payment, order);
    return answer(payment);
  }

  /**
   * The receipt of a payment that has completed. Thrown is the refusal of one that has failed, and
   * {@code payment-in-progress} while it is under way.
   */
  Receipt answer(Payment payment) {
    return switch (payment.status()) {
      case REQUESTED -> throw inProgress();
      case COMPLETED -> receiptIfFinal(payment);
      case FAILED -> throw payment.refusal();
    };
  }

  private Receipt receiptIfFinal(Payment completed) {
    if (!hasEnded(completed)) {
      throw inProgress();
    }
    return completed.receipt();
  }

  private static Refusal inProgress() {
    return new Refusal(
        Reason.PAYMENT_IN_PROGRESS, "The first payment with this key is under way; ask again.");
  }

  PaymentView find(UUID paymentId) {
    return orUnknown(
        () -> {
          Payment payment = payments.find(paymentId).orElseThrow(() -> unknownPayment(paymentId));
          return shown(List.of(payment)).get(0).view();
        });
  }

  /** As they are recorded; one that may still be undone as it is shown meanwhile. */
  List<Payment> findAll(Collection<UUID> paymentIds) {
    return shown(payments.findAll(paymentIds));
  }

  private static Refusal unknownPayment(UUID paymentId) {
    return new Refusal(Reason.UNKNOWN_PAYMENT, "There is no payment " + paymentId + ".");
  }

  /** The latest first. */
  List<PaymentView> ofUser(UUID userId, int page, int size) {
    return orUnknown(
        () -> shown(payments.ofUser(userId, page, size)).stream().map(Payment::view).toList());
  }

  /** A COMPLETED payment that may still be undone is shown as under way. */
  private List<Payment> shown(List<Payment> recorded) {
    Set<UUID> completed =
        recorded.stream()
            .filter(payment -> payment.is(Status.COMPLETED))
            .map(Payment::id)
            .collect(toSet());
    Set<UUID> lasting = completed.isEmpty() ? completed : protocol.finalOf(completed);
    return recorded.stream()
        .map(
            payment ->
                payment.is(Status.COMPLETED) && !lasting.contains(payment.id())
                    ? payment.underWay()
                    : payment)
        .toList();
  }

  /**
   * While the record gives no answer, the outcome is unknown: that of this payment, or that of an
   * earlier one with its key, which waits to be committed and blocks the record meanwhile.
   */
  static <T> T orUnknown(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (DataAccessException | TransactionException failure) {
      throw new OutcomeUnknown("The record of payments gave no answer; ask again.", failure);
    }
  }
}

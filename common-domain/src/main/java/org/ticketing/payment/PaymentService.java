package org.ticketing.payment;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
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

  private final Payments payments;
  private final LookUps lookUps;
  private final PaymentProtocol protocol;
  private final PaymentObservations observations;
  private final PaymentLog log;

  PaymentService(
      Payments payments,
      LookUps lookUps,
      PaymentProtocol protocol,
      PaymentObservations observations,
      PaymentLog log) {
    this.payments = payments;
    this.lookUps = lookUps;
    this.protocol = protocol;
    this.observations = observations;
    this.log = log;
  }

  /** Pays, or gives the answer of the earlier payment with this key. */
  Receipt pay(Order order) {
    return observations.observe(() -> orUnknown(() -> answerOrPay(order)));
  }

  private Receipt answerOrPay(Order order) {
    Optional<Payment> earlier = payments.withKeyOf(order);
    return earlier.isPresent() ? answerAgain(earlier.get(), order) : payAnew(order);
  }

  private Receipt payAnew(Order order) {
    UUID paymentId = UUID.randomUUID();
    try {
      return log.write(paymentId, order, () -> attempt(paymentId, order));
    } catch (DuplicatePayment concurrent) {
      Payment other = payments.withKeyOf(order).orElseThrow(PaymentService::inProgress);
      return answerAgain(other, order);
    }
  }

  private Receipt attempt(UUID paymentId, Order order) {
    LogField.PAYMENT.set(paymentId);
    try {
      return protocol.pay(lookUps.commandFor(paymentId, order));
    } catch (Refusal refusal) {
      return fail(paymentId, order, refusal);
    } catch (ServiceUnavailable failure) {
      var refusal = new Refusal(Reason.SERVICE_UNAVAILABLE, failure.getMessage());
      return fail(paymentId, order, refusal);
    }
  }

  private Receipt answerAgain(Payment earlier, Order order) {
    log.askedAgain(earlier.id());
    return answer(earlier, order);
  }

  /** Records why the payment failed, and answers what the record then says. */
  private Receipt fail(UUID paymentId, Order order, Refusal why) {
    return answer(payments.fail(paymentId, order, why), order);
  }

  private Receipt answer(Payment payment, Order order) {
    LogField.PAYMENT.set(payment.id());
    if (!payment.isFor(order.reservationId())) {
      throw new Refusal(
          Reason.IDEMPOTENCY_KEY_REUSED, "This key was used to pay another reservation.");
    }
    return switch (payment.status()) {
      case REQUESTED -> throw inProgress();
      case COMPLETED -> receiptIfFinal(payment);
      case FAILED -> throw payment.refusal();
    };
  }

  private Receipt receiptIfFinal(Payment completed) {
    if (!protocol.isFinal(completed.id())) {
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
          return views(List.of(payment)).get(0);
        });
  }

  private static Refusal unknownPayment(UUID paymentId) {
    return new Refusal(Reason.UNKNOWN_PAYMENT, "There is no payment " + paymentId + ".");
  }

  /** The latest first. */
  List<PaymentView> ofUser(UUID userId, int page, int size) {
    return orUnknown(() -> views(payments.ofUser(userId, page, size)));
  }

  /** A COMPLETED payment that may still be undone is shown as under way. */
  private List<PaymentView> views(List<Payment> recorded) {
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
        .map(Payment::view)
        .toList();
  }

  /**
   * While the record gives no answer, the outcome is unknown: that of this payment, or that of an
   * earlier one with its key, which waits to be committed and blocks the record meanwhile.
   */
  private static <T> T orUnknown(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (DataAccessException | TransactionException failure) {
      throw new OutcomeUnknown("The record of payments gave no answer; ask again.", failure);
    }
  }
}

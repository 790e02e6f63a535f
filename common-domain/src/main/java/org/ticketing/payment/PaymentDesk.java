package org.ticketing.payment;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Everything about a payment that no protocol changes: the idempotency key, the lookups before, the
 * record of a refusal after, and what is told of a payment.
 */
@Component
class PaymentDesk {

  private final PaymentService payments;
  private final PaymentProtocol protocol;
  private final LookUps lookUps;

  PaymentDesk(PaymentService payments, PaymentProtocol protocol, LookUps lookUps) {
    this.payments = payments;
    this.protocol = protocol;
    this.lookUps = lookUps;
  }

  /**
   * What a customer asks for.
   *
   * @param key unique among the payments of the user
   */
  record Order(UUID userId, String key, UUID reservationId) {}

  Receipt pay(Order order) {
    Optional<Payment> earlier = withKeyOf(order);
    if (earlier.isPresent()) {
      return answer(earlier.get(), order);
    }
    UUID paymentId = UUID.randomUUID();
    try {
      return askRecord(() -> protocol.pay(lookUps.commandFor(paymentId, order)));
    } catch (DuplicatePayment atOnce) {
      return answerOfTheOther(order);
    } catch (Refusal refusal) {
      return refuse(paymentId, order, refusal);
    } catch (ServiceUnavailable failure) {
      return refuse(
          paymentId, order, new Refusal(Reason.SERVICE_UNAVAILABLE, failure.getMessage()));
    }
  }

  private Receipt refuse(UUID paymentId, Order order, Refusal refusal) {
    try {
      return answer(askRecord(() -> payments.refuse(paymentId, order, refusal)), order);
    } catch (DuplicatePayment atOnce) {
      return answerOfTheOther(order);
    }
  }

  private Receipt answerOfTheOther(Order order) {
    return withKeyOf(order).map(other -> answer(other, order)).orElseThrow(PaymentDesk::inProgress);
  }

  private Optional<Payment> withKeyOf(Order order) {
    return askRecord(() -> payments.withKey(order.userId(), order.key()));
  }

  /**
   * Without the record nobody knows what has become of the payment, or of an earlier one: one that
   * still waits to be committed keeps its key from being recorded.
   */
  private static <T> T askRecord(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessException | TransactionException failure) {
      throw new OutcomeUnknown("The record of payments gave no answer; ask again.", failure);
    }
  }

  private Receipt answer(Payment payment, Order order) {
    if (!payment.isFor(order.reservationId())) {
      throw new Refusal(
          Reason.IDEMPOTENCY_KEY_REUSED, "This key was used to pay another reservation.");
    }
    return switch (payment.status()) {
      case COMPLETED -> receiptIfFinal(payment);
      case FAILED -> throw payment.refusal();
      case REQUESTED -> throw inProgress();
    };
  }

  private Receipt receiptIfFinal(Payment payment) {
    Receipt receipt = payment.receipt();
    if (!askRecord(() -> protocol.isFinal(receipt.paymentId()))) {
      throw inProgress();
    }
    return receipt;
  }

  PaymentView find(UUID paymentId) {
    return asTold(List.of(askRecord(() -> payments.find(paymentId)))).get(0);
  }

  List<PaymentView> ofUser(UUID userId, int page, int size) {
    return asTold(askRecord(() -> payments.ofUser(userId, page, size)));
  }

  /** One that may still be undone is under way. */
  private List<PaymentView> asTold(List<PaymentView> seen) {
    Set<UUID> completed =
        seen.stream()
            .filter(payment -> payment.status() == Status.COMPLETED)
            .map(PaymentView::id)
            .collect(toSet());
    if (completed.isEmpty()) {
      return seen;
    }
    Set<UUID> sure = askRecord(() -> protocol.finalOf(completed));
    return seen.stream()
        .map(
            payment ->
                completed.contains(payment.id()) && !sure.contains(payment.id())
                    ? underWay(payment)
                    : payment)
        .toList();
  }

  private static PaymentView underWay(PaymentView payment) {
    return new PaymentView(
        payment.id(),
        payment.userId(),
        payment.reservationId(),
        payment.amount(),
        Status.REQUESTED,
        payment.reason(),
        payment.requestedAt());
  }

  private static Refusal inProgress() {
    return new Refusal(
        Reason.PAYMENT_IN_PROGRESS, "The first payment with this key is under way; ask again.");
  }
}

package org.ticketing.payment;

import java.util.List;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.Waiters;

/** The row of a payment. */
@Component
class PaymentHoldings implements Holdings {

  private final Payments payments;
  private final PaymentProtocol protocol;
  private final Waiters waiters;

  PaymentHoldings(Payments payments, PaymentProtocol protocol, Waiters waiters) {
    this.payments = payments;
    this.protocol = protocol;
    this.waiters = waiters;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return transaction.payment() == null
        ? List.of()
        : payments.find(transaction.payment()).map(this::holding).stream().toList();
  }

  private Holding holding(Payment payment) {
    return new Holding(
        "payment",
        "payment",
        state(payment),
        meaning(payment.status()),
        payment.requestedAt(),
        waiters.forRow("payment", "id", payment.id()));
  }

  private String state(Payment payment) {
    return switch (payment.status()) {
      case REQUESTED -> "REQUESTED";
      case COMPLETED ->
          protocol.isFinal(payment.id()) ? "COMPLETED" : "COMPLETED, and may still be undone";
      case FAILED -> "FAILED, " + payment.refusal().reason().id();
    };
  }

  private static Meaning meaning(Status status) {
    return switch (status) {
      case REQUESTED -> Meaning.OPEN;
      case COMPLETED -> Meaning.DONE;
      case FAILED -> Meaning.UNDONE;
    };
  }
}

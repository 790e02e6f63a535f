package org.ticketing.tcc;

import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.tcc.PointTryApi.PointTry;
import org.ticketing.tcc.ReservationTryApi.ReservationTry;

/**
 * Try, confirm, cancel: makes the payment as one global transaction of three tries. Each try sets
 * aside what the payment needs. When all have succeeded, Seata's server confirms them; when one
 * refuses, it cancels them.
 */
@Component
@ConditionalOnHosted("payment")
class TccPaymentProtocol implements PaymentProtocol {

  private final GlobalTransactions transactions;
  private final PaymentAction payment;
  private final PointTryApi points;
  private final ReservationTryApi reservations;

  TccPaymentProtocol(
      GlobalTransactions transactions,
      PaymentAction payment,
      PointTryApi points,
      ReservationTryApi reservations) {
    this.transactions = transactions;
    this.payment = payment;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    transactions.run(
        () -> {
          payment.request(command.paymentId().toString(), command);
          points.reserve(new PointTry(command.paymentId(), command.userId(), command.amount()));
          reservations.tryComplete(
              new ReservationTry(command.paymentId(), command.reservationId()));
        });
    return command.receipt();
  }
}

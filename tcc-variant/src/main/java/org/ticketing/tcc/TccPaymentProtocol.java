package org.ticketing.tcc;

import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.tcc.PointTrialApi.PointTrial;
import org.ticketing.tcc.ReservationTrialApi.ReservationTrial;

/**
 * Try, confirm, cancel: sets everything aside that the payment needs, then has Seata's server make
 * all of it definite. One refusal, and the server gives everything back.
 */
@Component
@ConditionalOnHosted("payment")
class TccPaymentProtocol implements PaymentProtocol {

  private final GlobalTransactions transactions;
  private final PaymentAction payment;
  private final PointTrialApi points;
  private final ReservationTrialApi reservations;

  TccPaymentProtocol(
      GlobalTransactions transactions,
      PaymentAction payment,
      PointTrialApi points,
      ReservationTrialApi reservations) {
    this.transactions = transactions;
    this.payment = payment;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    transactions.run(
        "payment",
        () -> {
          payment.request(command.paymentId().toString(), command);
          points.hold(new PointTrial(command.paymentId(), command.userId(), command.amount()));
          reservations.hold(new ReservationTrial(command.paymentId(), command.reservationId()));
        });
    return command.receipt();
  }
}

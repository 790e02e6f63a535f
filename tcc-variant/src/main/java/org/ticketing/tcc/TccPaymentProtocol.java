package org.ticketing.tcc;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Phases;
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
  private final Phases phases;

  TccPaymentProtocol(
      GlobalTransactions transactions,
      PaymentAction payment,
      PointTryApi points,
      ReservationTryApi reservations,
      Phases phases) {
    this.transactions = transactions;
    this.payment = payment;
    this.points = points;
    this.reservations = reservations;
    this.phases = phases;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    UUID paymentId = command.paymentId();
    var ofPoints = new PointTry(paymentId, command.userId(), command.amount());
    var ofReservation = new ReservationTry(paymentId, command.reservationId(), command.amount());
    transactions.run(
        paymentId,
        () -> {
          attempt("payment", () -> payment.request(paymentId.toString(), command));
          attempt("point", () -> points.reserve(ofPoints));
          attempt("reservation", () -> reservations.tryComplete(ofReservation));
        });
    return command.receipt();
  }

  private void attempt(String participant, Runnable work) {
    phases.run("try", participant, work);
  }
}

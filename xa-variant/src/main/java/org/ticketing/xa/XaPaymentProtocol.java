package org.ticketing.xa;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Phases;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationCompletion;

/**
 * Two-phase commit: makes the payment as one global transaction over three databases. Each database
 * is enlisted when the work first uses it.
 */
@Component
@ConditionalOnHosted("payment")
class XaPaymentProtocol implements PaymentProtocol {

  private final GlobalTransactions transactions;
  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;
  private final Phases phases;

  XaPaymentProtocol(
      GlobalTransactions transactions,
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations,
      Phases phases) {
    this.transactions = transactions;
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
    this.phases = phases;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    UUID paymentId = command.paymentId();
    var use = new PointUse(paymentId, command.userId(), command.amount());
    var completion = new ReservationCompletion(paymentId, command.amount());
    transactions.run(
        () -> {
          work("payment", () -> payments.request(command));
          work("point", () -> points.use(use));
          work("reservation", () -> reservations.complete(command.reservationId(), completion));
          work("payment", () -> payments.complete(paymentId));
        });
    return command.receipt();
  }

  private void work(String participant, Runnable work) {
    phases.run("work", participant, work);
  }
}

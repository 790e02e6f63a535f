package org.ticketing.xa;

import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationPayment;

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

  XaPaymentProtocol(
      GlobalTransactions transactions,
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations) {
    this.transactions = transactions;
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  public Receipt pay(PaymentCommand command) {
    transactions.run(
        () -> {
          payments.request(command);
          points.use(new PointUse(command.paymentId(), command.userId(), command.amount()));
          reservations.complete(
              command.reservationId(), new ReservationPayment(command.paymentId()));
          payments.complete(command.paymentId());
        });
    return command.receipt();
  }
}

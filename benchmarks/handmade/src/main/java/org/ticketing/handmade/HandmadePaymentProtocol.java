package org.ticketing.handmade;

import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointRefund;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationCompletion;

/** Each step commits by itself, and is undone by hand when a later one fails. */
@Component
@ConditionalOnHosted("payment")
class HandmadePaymentProtocol implements PaymentProtocol {

  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;

  HandmadePaymentProtocol(
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  public Receipt pay(PaymentCommand payment) {
    payments.request(payment);
    points.use(new PointUse(payment.paymentId(), payment.userId(), payment.amount()));
    try {
      reservations.complete(
          payment.reservationId(),
          new ReservationCompletion(payment.paymentId(), payment.amount()));
    } catch (RuntimeException failure) {
      points.refund(new PointRefund(payment.paymentId(), payment.userId()));
      throw failure;
    }
    payments.complete(payment.paymentId());
    return payment.receipt();
  }
}

package org.ticketing.monolith;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.point.PointParticipant;
import org.ticketing.reservation.ReservationParticipant;

/** All or nothing, by the database's own transaction. */
@Component
class MonolithPaymentProtocol implements PaymentProtocol {

  private final PaymentParticipant payments;
  private final PointParticipant points;
  private final ReservationParticipant reservations;

  MonolithPaymentProtocol(
      PaymentParticipant payments, PointParticipant points, ReservationParticipant reservations) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  @Transactional
  public Receipt pay(PaymentCommand payment) {
    payments.request(payment);
    points.use(payment.paymentId(), payment.userId(), payment.amount());
    reservations.complete(payment.paymentId(), payment.reservationId(), payment.amount());
    payments.complete(payment.paymentId());
    return payment.receipt();
  }
}

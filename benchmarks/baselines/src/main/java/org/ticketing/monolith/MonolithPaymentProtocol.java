package org.ticketing.monolith;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.PaymentService;
import org.ticketing.payment.Receipt;
import org.ticketing.point.PointService;
import org.ticketing.reservation.ReservationService;

/** All or nothing, by the database's own transaction. */
@Component
class MonolithPaymentProtocol implements PaymentProtocol {

  private final PaymentService payments;
  private final PointService points;
  private final ReservationService reservations;

  MonolithPaymentProtocol(
      PaymentService payments, PointService points, ReservationService reservations) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  @Transactional
  public Receipt pay(PaymentCommand payment) {
    payments.request(payment);
    points.use(payment.paymentId(), payment.userId(), payment.amount());
    reservations.complete(payment.paymentId(), payment.reservationId());
    payments.complete(payment.paymentId());
    return payment.receipt();
  }
}

package org.ticketing.uncoordinated;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.payment.PaymentProtocol;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationCompletion;

/** No protocol: each step commits by itself, so a payment that is stopped halfway stays so. */
@Component
@ConditionalOnHosted("payment")
class UncoordinatedPaymentProtocol implements PaymentProtocol {

  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;

  UncoordinatedPaymentProtocol(
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
    reservations.complete(
        payment.reservationId(), new ReservationCompletion(payment.paymentId(), payment.amount()));
    payments.complete(payment.paymentId());
    return payment.receipt();
  }

  /** Nobody undoes a step, and each is idempotent: what was cut off is gone on with. */
  @Override
  public boolean isRepeatable(UUID paymentId, boolean recorded) {
    return true;
  }
}

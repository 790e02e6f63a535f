package org.ticketing.saga;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointRefund;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationPayment;

/** The steps that {@code payment-saga.json} orders. Public for Seata's reflection. */
@Component
@ConditionalOnHosted("payment")
public class SagaSteps {

  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;

  SagaSteps(
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  public void recordPayment(
      UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {
    payments.request(new PaymentCommand(paymentId, idempotencyKey, userId, reservationId, amount));
  }

  public void cancelPayment(
      UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {
    payments.cancel(new PaymentCommand(paymentId, idempotencyKey, userId, reservationId, amount));
  }

  public void usePoints(UUID paymentId, UUID userId, long amount) {
    points.use(new PointUse(paymentId, userId, amount));
  }

  public void refundPoints(UUID paymentId, UUID userId) {
    points.refund(new PointRefund(paymentId, userId));
  }

  public void completeReservation(UUID paymentId, UUID reservationId) {
    reservations.complete(reservationId, new ReservationPayment(paymentId));
  }

  public void reopenReservation(UUID paymentId, UUID reservationId) {
    reservations.reopen(reservationId, new ReservationPayment(paymentId));
  }

  public void completePayment(UUID paymentId) {
    payments.complete(paymentId);
  }

  public void revokePayment(UUID paymentId) {
    payments.cancel(paymentId);
  }
}

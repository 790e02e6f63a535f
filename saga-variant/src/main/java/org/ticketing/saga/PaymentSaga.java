package org.ticketing.saga;

import static org.ticketing.saga.SagaDefinition.step;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.DuplicatePayment;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnreachable;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointRefund;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationPayment;

/**
 * The saga of a payment: its steps in their order, each with the exceptions after which it has
 * changed nothing and with its compensation; then what each of them does. The engine calls the
 * method that is named as the step, by reflection: hence it is public.
 */
@Component
@ConditionalOnHosted("payment")
public class PaymentSaga {

  private static final String[] COMMAND = {
    "paymentId", "idempotencyKey", "userId", "reservationId", "amount"
  };

  static final SagaDefinition DEFINITION =
      new SagaDefinition(
          "payment",
          "paymentSaga",
          step("RecordPayment", COMMAND)
              .changesNothingOn(DuplicatePayment.class)
              .compensatedBy("CancelPayment", COMMAND),
          step("UsePoints", "paymentId", "userId", "amount")
              .changesNothingOn(Refusal.class, ServiceUnreachable.class)
              .compensatedBy("RefundPoints", "paymentId", "userId"),
          step("CompleteReservation", "paymentId", "reservationId")
              .changesNothingOn(Refusal.class, ServiceUnreachable.class)
              .compensatedBy("ReopenReservation", "paymentId", "reservationId"),
          step("CompletePayment", "paymentId").local().compensatedBy("RevokePayment", "paymentId"));

  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;

  PaymentSaga(
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
  }

  /** What the saga of a payment starts with; its steps take their parameters from it by name. */
  static Map<String, Object> parameters(PaymentCommand command) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("paymentId", command.paymentId());
    parameters.put("idempotencyKey", command.idempotencyKey());
    parameters.put("userId", command.userId());
    parameters.put("reservationId", command.reservationId());
    parameters.put("amount", command.amount());
    return parameters;
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

package org.ticketing.saga;

import static org.ticketing.saga.SagaDefinition.step;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.payment.DuplicatePayment;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnreachable;
import org.ticketing.point.PointParticipantApi;
import org.ticketing.point.PointParticipantApi.PointRefund;
import org.ticketing.point.PointParticipantApi.PointUse;
import org.ticketing.reservation.ReservationParticipantApi;
import org.ticketing.reservation.ReservationParticipantApi.ReservationCompletion;
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

  /** The trace of the payment, which its compensations continue wherever they run. */
  private static final String TRACE = "trace";

  static final SagaDefinition DEFINITION =
      new SagaDefinition(
          "payment",
          "paymentSaga",
          step("RecordPayment", COMMAND)
              .changesNothingOn(DuplicatePayment.class)
              .compensatedBy(
                  "CancelPayment",
                  "paymentId",
                  "idempotencyKey",
                  "userId",
                  "reservationId",
                  "amount",
                  TRACE),
          step("UsePoints", "paymentId", "userId", "amount")
              .changesNothingOn(Refusal.class, ServiceUnreachable.class)
              .compensatedBy("RefundPoints", "paymentId", "userId", TRACE),
          step("CompleteReservation", "paymentId", "reservationId", "amount")
              .changesNothingOn(Refusal.class, ServiceUnreachable.class)
              .compensatedBy("ReopenReservation", "paymentId", "reservationId", TRACE),
          step("CompletePayment", "paymentId")
              .local()
              .compensatedBy("RevokePayment", "paymentId", TRACE));

  private final PaymentParticipant payments;
  private final PointParticipantApi points;
  private final ReservationParticipantApi reservations;
  private final Phases phases;

  PaymentSaga(
      PaymentParticipant payments,
      PointParticipantApi points,
      ReservationParticipantApi reservations,
      Phases phases) {
    this.payments = payments;
    this.points = points;
    this.reservations = reservations;
    this.phases = phases;
  }

  /** What the saga of a payment starts with; its steps take their parameters from it by name. */
  static Map<String, Object> parameters(PaymentCommand command) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("paymentId", command.paymentId());
    parameters.put("idempotencyKey", command.idempotencyKey());
    parameters.put("userId", command.userId());
    parameters.put("reservationId", command.reservationId());
    parameters.put("amount", command.amount());
    Optional.ofNullable(Phases.trace()).ifPresent(trace -> parameters.put(TRACE, trace));
    return parameters;
  }

  public void recordPayment(
      UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {
    var payment = new PaymentCommand(paymentId, idempotencyKey, userId, reservationId, amount);
    stepAt("payment", paymentId, () -> payments.request(payment));
  }

  public void cancelPayment(
      UUID paymentId,
      String idempotencyKey,
      UUID userId,
      UUID reservationId,
      long amount,
      String trace) {
    var payment = new PaymentCommand(paymentId, idempotencyKey, userId, reservationId, amount);
    compensationAt(trace, paymentId, "payment", () -> payments.cancel(payment));
  }

  public void usePoints(UUID paymentId, UUID userId, long amount) {
    stepAt("point", paymentId, () -> points.use(new PointUse(paymentId, userId, amount)));
  }

  public void refundPoints(UUID paymentId, UUID userId, String trace) {
    var refund = new PointRefund(paymentId, userId);
    compensationAt(trace, paymentId, "point", () -> points.refund(refund));
  }

  public void completeReservation(UUID paymentId, UUID reservationId, long amount) {
    var completion = new ReservationCompletion(paymentId, amount);
    stepAt("reservation", paymentId, () -> reservations.complete(reservationId, completion));
  }

  public void reopenReservation(UUID paymentId, UUID reservationId, String trace) {
    var payment = new ReservationPayment(paymentId);
    compensationAt(
        trace, paymentId, "reservation", () -> reservations.reopen(reservationId, payment));
  }

  public void completePayment(UUID paymentId) {
    stepAt("payment", paymentId, () -> payments.complete(paymentId));
  }

  public void revokePayment(UUID paymentId, String trace) {
    compensationAt(trace, paymentId, "payment", () -> payments.cancel(paymentId));
  }

  private void stepAt(String participant, UUID paymentId, Runnable work) {
    try {
      phases.run("step", participant, work);
    } catch (RuntimeException failure) {
      payments.failing(paymentId, failure);
      throw failure;
    }
  }

  private void compensationAt(String trace, UUID paymentId, String participant, Runnable work) {
    try (LogField.Scope payment = LogField.PAYMENT.during(paymentId)) {
      phases.callIn(
          trace,
          "compensation",
          participant,
          () -> {
            work.run();
            return null;
          });
    }
  }
}

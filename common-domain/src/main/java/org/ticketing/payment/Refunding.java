package org.ticketing.payment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.RefundRequests.RefundRequest;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.point.PointRefundApi;
import org.ticketing.point.PointRefundApi.CompletedPayment;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.RefundedPayment;

/**
 * Refunds completed payments, step by step: the points are given back, the reservation is
 * cancelled, and then the refund is recorded. All steps are idempotent by the payment, so that a
 * refund that was interrupted is simply made again.
 *
 * <p>A payment is refunded only when its protocol has nothing more to do with it: when it is sure
 * to stay completed, and the participants have done their parts.
 */
@Component
class Refunding {

  private static final Logger log = LoggerFactory.getLogger(Refunding.class);

  /** How many are looked at each time, so that other work of the same job does not wait long. */
  private static final int BATCH = 100;

  private final RefundRequests requests;
  private final Payments payments;
  private final PaymentProtocol protocol;
  private final PointRefundApi points;
  private final ReservationApi reservations;

  /** Where to go on, so that requests that have to wait do not keep others waiting. */
  private volatile long last;

  Refunding(
      RefundRequests requests,
      Payments payments,
      PaymentProtocol protocol,
      PointRefundApi points,
      ReservationApi reservations) {
    this.requests = requests;
    this.payments = payments;
    this.protocol = protocol;
    this.points = points;
    this.reservations = reservations;
  }

  /** Refunds the next payments. Those that cannot be refunded yet are tried again. */
  void refundSome() {
    List<RefundRequest> batch = requests.after(last, BATCH);
    last = batch.size() < BATCH ? 0 : batch.get(BATCH - 1).number();
    try {
      batch.forEach(request -> refund(request.paymentId()));
    } catch (ServiceUnavailable failure) {
      log.warn("Refunds have to wait: {}", failure.getMessage());
    }
  }

  private void refund(UUID paymentId) {
    // Under two-phase commit, a payment can be seen later than the reservation that it confirmed.
    Optional<Payment> found = payments.find(paymentId);
    if (found.isPresent() && found.get().is(Status.FAILED)) {
      requests.remove(paymentId);
    } else if (found.isPresent()
        && found.get().is(Status.COMPLETED)
        && protocol.isFinal(paymentId)) {
      refund(found.get());
    }
  }

  private void refund(Payment payment) {
    try {
      points.refund(new CompletedPayment(payment.id(), payment.userId()));
      reservations.giveBack(payment.reservationId(), new RefundedPayment(payment.id()));
    } catch (Refusal notYet) {
      log.debug("Payment {} is not refunded yet: {}", payment.id(), notYet.getMessage());
      return;
    }
    payments.refunded(payment.id());
  }
}

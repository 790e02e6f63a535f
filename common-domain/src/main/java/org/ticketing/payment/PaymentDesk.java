package org.ticketing.payment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.user.UserApi;

/**
 * Everything about a payment that no protocol changes: the idempotency key, the lookups before, and
 * the record of a refusal after.
 */
@Component
class PaymentDesk {

  private final PaymentService payments;
  private final PaymentProtocol protocol;
  private final UserApi users;
  private final ReservationApi reservations;

  PaymentDesk(
      PaymentService payments,
      PaymentProtocol protocol,
      UserApi users,
      ReservationApi reservations) {
    this.payments = payments;
    this.protocol = protocol;
    this.users = users;
    this.reservations = reservations;
  }

  Receipt pay(String key, PaymentRequest request) {
    Optional<Payment> earlier = payments.withKey(request.userId(), key);
    if (earlier.isPresent()) {
      return answer(earlier.get(), request);
    }
    UUID paymentId = UUID.randomUUID();
    try {
      return protocol.pay(lookUp(paymentId, key, request));
    } catch (DuplicatePayment atOnce) {
      return answerOfTheOther(key, request);
    } catch (Refusal refusal) {
      return refuse(paymentId, key, request, refusal);
    } catch (ServiceUnavailable failure) {
      return refuse(
          paymentId,
          key,
          request,
          new Refusal(
              ServiceUnavailable.REASON, HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage()));
    }
  }

  private PaymentCommand lookUp(UUID paymentId, String key, PaymentRequest request) {
    users.find(request.userId()).requireActive();
    ReservationView reservation = reservations.find(request.reservationId());
    if (!reservation.userId().equals(request.userId())) {
      throw new Refusal(
          "not-your-reservation", HttpStatus.FORBIDDEN, "Somebody else holds this reservation.");
    }
    reservation.requireHeld();
    return new PaymentCommand(
        paymentId, key, request.userId(), request.reservationId(), reservation.price());
  }

  private Receipt refuse(UUID paymentId, String key, PaymentRequest request, Refusal refusal) {
    try {
      return answer(payments.refuse(paymentId, key, request, refusal), request);
    } catch (DuplicatePayment atOnce) {
      return answerOfTheOther(key, request);
    }
  }

  private Receipt answerOfTheOther(String key, PaymentRequest request) {
    return payments
        .withKey(request.userId(), key)
        .map(other -> answer(other, request))
        .orElseThrow(PaymentDesk::inProgress);
  }

  private static Receipt answer(Payment payment, PaymentRequest request) {
    if (!payment.isFor(request.reservationId())) {
      throw new Refusal(
          "idempotency-key-reused",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "This key was used to pay another reservation.");
    }
    return switch (payment.status()) {
      case COMPLETED -> payment.receipt();
      case FAILED -> throw payment.refusal();
      case REQUESTED -> throw inProgress();
    };
  }

  private static Refusal inProgress() {
    return new Refusal(
        "payment-in-progress",
        HttpStatus.CONFLICT,
        "The first payment with this key is under way; ask again.");
  }
}

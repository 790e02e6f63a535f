package org.ticketing.saga;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.point.PointApi;
import org.ticketing.reservation.ReservationApi;

/** A user who pays one reservation, and what they can see of it. */
record Payer(RunningSystem system, UUID user, UUID reservation, String key) {

  Payer(RunningSystem system, UUID user, UUID reservation) {
    this(system, user, reservation, UUID.randomUUID().toString());
  }

  /** "paid", or the reason why not. */
  String pay() {
    try {
      system.client("payment", PaymentApi.class).pay(key, new PaymentRequest(user, reservation));
      return "paid";
    } catch (RestClientResponseException refusal) {
      String type = refusal.getResponseBodyAs(ProblemDetail.class).getType().toString();
      return type.substring(type.lastIndexOf(':') + 1);
    }
  }

  CompletableFuture<String> startPaying() {
    return CompletableFuture.supplyAsync(this::pay);
  }

  /** The status of the payment as recorded, "none" without one. */
  String payment() {
    return system
        .database("payment")
        .query("SELECT status FROM payment.payment WHERE idempotency_key = '" + key + "'")
        .stream()
        .findFirst()
        .orElse("none");
  }

  long balance() {
    return system.client("point", PointApi.class).wallet(user).balance();
  }

  long held() {
    return system.client("point", PointApi.class).wallet(user).held();
  }

  ReservationApi.Status reservationStatus() {
    return system.client("reservation", ReservationApi.class).find(reservation).status();
  }
}

package org.ticketing.testing;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi;

/** A customer who pays one reservation, and what they can see of it. */
public record Payer(RunningSystem system, Customer customer, UUID reservation, String key) {

  public Payer(RunningSystem system, Customer customer, UUID reservation) {
    this(system, customer, reservation, UUID.randomUUID().toString());
  }

  /** "paid", or the reason why not. */
  public String pay() {
    try {
      customer.api(PaymentApi.class).pay(key, new PaymentRequest(reservation));
      return "paid";
    } catch (RestClientResponseException refusal) {
      String type = refusal.getResponseBodyAs(ProblemDetail.class).getType().toString();
      return type.substring(Problems.TYPE_PREFIX.length());
    }
  }

  public CompletableFuture<String> startPaying() {
    return CompletableFuture.supplyAsync(this::pay);
  }

  /** The status of the payment as recorded, "none" without one. */
  public String payment() {
    return system
        .database("payment")
        .query("SELECT status FROM payment.payment WHERE idempotency_key = '" + key + "'")
        .stream()
        .findFirst()
        .orElse("none");
  }

  public long balance() {
    return customer.balance();
  }

  public long reserved() {
    return customer.reserved();
  }

  public ReservationApi.Status reservationStatus() {
    return customer.api(ReservationApi.class).find(reservation).status();
  }
}

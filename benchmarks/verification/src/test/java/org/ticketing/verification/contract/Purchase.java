package org.ticketing.verification.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.testing.Database;
import org.ticketing.workload.Customer;

/**
 * The purchase of one ticket: a customer with a reservation, which is to be paid.
 *
 * @param key of the payment
 */
public record Purchase(TestedSystem system, Customer customer, UUID reservation, String key) {

  public Purchase(TestedSystem system, Customer customer, UUID reservation) {
    this(system, customer, reservation, UUID.randomUUID().toString());
  }

  /** Another attempt of the customer, which is a payment of its own. */
  public Purchase withAnotherKey() {
    return new Purchase(system, customer, reservation);
  }

  /** Returns "paid", or the reason why not. */
  public String pay() {
    Answer answer = Answer.toPayment(customer, reservation, key);
    return answer.isCompleted() ? "paid" : answer.reason();
  }

  public CompletableFuture<String> startPaying() {
    return CompletableFuture.supplyAsync(this::pay);
  }

  /** Locks the reservation's row, so that paying stops when the reservation is to be completed. */
  public Database.Lock stopAtReservation() {
    return system
        .database("reservation")
        .lock("reservation.reservation", "id = '" + reservation + "'");
  }

  /** Waits until paying has stopped at the reservation. */
  public void awaitStopped() {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(system.database("reservation")::isSomebodyWaiting);
  }

  /** The status of the payment as recorded, or "none". */
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
    return customer.apis().reservations().find(reservation).status();
  }
}

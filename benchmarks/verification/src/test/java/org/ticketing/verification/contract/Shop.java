package org.ticketing.verification.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedConcert;
import org.ticketing.workload.PlannedConcert.Sale;

/** Prepares payments: customers with points, and reservations of seats of one schedule. */
public final class Shop {

  /** The price of every seat in points. */
  public static final long PRICE = 100;

  private static final int SEATS = 2000;

  private final TestedSystem system;
  private final UUID schedule;
  private final Queue<UUID> freeSeats;

  public Shop(TestedSystem system) {
    this.system = system;
    Sale sale = PlannedConcert.by(system.operator()).sale("Hall", SEATS, PRICE);
    this.schedule = sale.schedule();
    this.freeSeats = new ConcurrentLinkedQueue<>(sale.seats());
  }

  /** The first payment of a cold system can take longer than the tests give one. */
  public void awaitFirstPayment() {
    Customer customer = customerWithPoints(100 * PRICE);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(1))
        .until(() -> new Purchase(system, customer, reservationOf(customer)).pay().equals("paid"));
  }

  UUID schedule() {
    return schedule;
  }

  /** Puts another schedule on sale, of another concert. */
  Sale anotherSale(int seats) {
    return PlannedConcert.by(system.operator()).sale("Another hall", seats, PRICE);
  }

  public Customer customerWithPoints(long points) {
    return Customer.register(system.visitor(), points);
  }

  public Purchase purchaseWithPoints(long points) {
    Customer customer = customerWithPoints(points);
    return new Purchase(system, customer, reservationOf(customer));
  }

  public Purchase latePurchaseWithPoints(long points) {
    Customer customer = customerWithPoints(points);
    return new Purchase(system, customer, lateReservationOf(customer));
  }

  public UUID reservationOf(Customer customer) {
    return customer.reserve(freeSeats.remove()).id();
  }

  public List<UUID> reservationsOf(Customer customer, int count) {
    return Stream.generate(() -> reservationOf(customer)).limit(count).toList();
  }

  /** Returns a reservation whose hold has run out, but which no job has swept. */
  UUID lateReservationOf(Customer customer) {
    ReservationView reservation = customer.reserveBriefly(freeSeats.remove());
    await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return reservation.id();
  }
}

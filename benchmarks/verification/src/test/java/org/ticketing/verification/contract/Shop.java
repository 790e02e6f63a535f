package org.ticketing.verification.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.workload.PublicApis;

/** Prepares payments: customers with points, and reservations of seats of one schedule. */
public final class Shop {

  /** The price of every seat in points. */
  public static final long PRICE = 100;

  private static final int ROWS = 40;
  private static final int SEATS_PER_ROW = 50;

  private final RunningSystem system;
  private final UUID schedule;
  private final Queue<UUID> freeSeats;

  public Shop(RunningSystem system) {
    this.system = system;
    PublicApis operator = system.operator();
    UUID concert =
        operator.concerts().create(new ConcertDetails("The Two Generals", "On tour.")).id();
    var inAMonth = new ScheduleDetails("Hall", Instant.now().plus(30, ChronoUnit.DAYS));
    schedule = operator.concerts().schedule(concert, inAMonth).id();
    var stalls = new Section("Stalls", "A", ROWS, SEATS_PER_ROW, PRICE);
    operator.seats().layOut(schedule, new Layout(List.of(stalls)));
    freeSeats =
        new ConcurrentLinkedQueue<>(
            operator.seats().seats(schedule, true).stream().map(SeatView::id).toList());
  }

  UUID schedule() {
    return schedule;
  }

  public Customer customerWithPoints(long points) {
    Customer customer = Customer.register(system.visitor());
    if (points > 0) {
      customer.charge(points);
    }
    return customer;
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
    return reserve(customer, null).id();
  }

  public List<UUID> reservationsOf(Customer customer, int count) {
    return Stream.generate(() -> reservationOf(customer)).limit(count).toList();
  }

  /** A reservation whose hold has run out, but which no job has swept. */
  UUID lateReservationOf(Customer customer) {
    ReservationView reservation = reserve(customer, Duration.ofSeconds(1));
    await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return reservation.id();
  }

  private ReservationView reserve(Customer customer, Duration holdFor) {
    return customer
        .apis()
        .reservations()
        .reserve(new ReservationRequest(freeSeats.remove(), holdFor));
  }
}

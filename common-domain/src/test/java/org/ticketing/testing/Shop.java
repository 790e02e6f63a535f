package org.ticketing.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** Everything that comes before a payment. */
public record Shop(RunningSystem system) {

  /** Of every seat, in points. */
  public static final long PRICE = 100;

  private static final String PASSWORD = "der Leiermann";

  public Customer customerWithPoints(long points) {
    String email = UUID.randomUUID() + "@example.org";
    UUID id =
        system.visitor().api(UserApi.class).register(new Registration(email, "Jo", PASSWORD)).id();
    var customer = new Customer(id, system.as(id));
    if (points > 0) {
      customer.api(PointApi.class).charge(id, UUID.randomUUID().toString(), new Charge(points));
    }
    return customer;
  }

  /** A customer with a reservation. */
  public Payer payerWithPoints(long points) {
    Customer customer = customerWithPoints(points);
    return new Payer(system, customer, reservationOf(customer));
  }

  /** A customer whose reservation's hold has run out. */
  public Payer latePayerWithPoints(long points) {
    Customer customer = customerWithPoints(points);
    ReservationView reservation = reserve(customer, 1, Duration.ofSeconds(1)).get(0);
    await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return new Payer(system, customer, reservation.id());
  }

  public UUID reservationOf(Customer customer) {
    return reservationsOf(customer, 1).get(0);
  }

  public List<UUID> reservationsOf(Customer customer, int count) {
    return reserve(customer, count, null).stream().map(ReservationView::id).toList();
  }

  private List<ReservationView> reserve(Customer customer, int count, Duration hold) {
    Apis operator = system.as(UUID.randomUUID(), "OPERATOR");
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("Winterreise", "")).id();
    UUID schedule =
        operator
            .api(ConcertApi.class)
            .schedule(concert, new ScheduleDetails("Hall", Instant.now().plusSeconds(86_400)))
            .id();
    operator
        .api(SeatApi.class)
        .layOut(schedule, new Layout(List.of(new Section("A", "S", 1, count, PRICE))));
    return customer.api(SeatApi.class).seats(schedule, true).stream()
        .map(
            seat ->
                customer.api(ReservationApi.class).reserve(new ReservationRequest(seat.id(), hold)))
        .toList();
  }
}

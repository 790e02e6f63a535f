package org.ticketing.saga;

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
class Shop {

  static final long PRICE = 100;

  private final RunningSystem system;

  Shop(RunningSystem system) {
    this.system = system;
  }

  UUID userWithPoints(long points) {
    UUID user =
        system
            .client("user", UserApi.class)
            .register(new Registration(UUID.randomUUID() + "@example.org", "Jo"))
            .id();
    system
        .client("point", PointApi.class)
        .charge(user, UUID.randomUUID().toString(), new Charge(points));
    return user;
  }

  UUID reservationOf(UUID user) {
    return reservationsOf(user, 1, null).get(0).id();
  }

  /** One whose hold runs out after a second. */
  ReservationView shortReservationOf(UUID user) {
    return reservationsOf(user, 1, Duration.ofSeconds(1)).get(0);
  }

  List<ReservationView> reservationsOf(UUID user, int count, Duration hold) {
    var concerts = system.client("concert", ConcertApi.class);
    var seats = system.client("seat", SeatApi.class);
    var reservations = system.client("reservation", ReservationApi.class);
    UUID concert = concerts.create(new ConcertDetails("Winterreise", "")).id();
    UUID schedule =
        concerts
            .schedule(concert, new ScheduleDetails("Hall", Instant.now().plusSeconds(86_400)))
            .id();
    seats.layOut(schedule, new Layout(List.of(new Section("A", "S", 1, count, PRICE))));
    return seats.seats(schedule, true).stream()
        .map(seat -> reservations.reserve(new ReservationRequest(user, seat.id(), hold)))
        .toList();
  }
}

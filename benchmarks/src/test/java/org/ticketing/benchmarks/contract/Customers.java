package org.ticketing.benchmarks.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.benchmarks.load.PublicApis;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.Problems;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.user.UserApi.Registration;

/** People who buy tickets of one running system. */
final class Customers {

  static final long PRICE = 100;

  private static final int ROWS = 40;
  private static final int SEATS_PER_ROW = 50;

  /** What a customer was told: a receipt, or the reason and HTTP status of a refusal. */
  record Answer(Receipt receipt, String reason, int status) {
    boolean isCompleted() {
      return receipt != null;
    }
  }

  /** There was no HTTP answer. */
  private static final int NO_ANSWER = 0;

  final PublicApis apis;
  private final Queue<UUID> freeSeats = new ConcurrentLinkedQueue<>();

  Customers(PublicApis apis) {
    this.apis = apis;
    UUID concert = apis.concerts().create(new ConcertDetails("The Two Generals", "On tour.")).id();
    UUID schedule =
        apis.concerts()
            .schedule(concert, new ScheduleDetails("Hall", Instant.now().plus(30, ChronoUnit.DAYS)))
            .id();
    apis.seats()
        .layOut(
            schedule, new Layout(List.of(new Section("Stalls", "A", ROWS, SEATS_PER_ROW, PRICE))));
    apis.seats().seats(schedule, true).stream().map(SeatView::id).forEach(freeSeats::add);
  }

  UUID buyerWith(long points) {
    UUID user =
        apis.users().register(new Registration(UUID.randomUUID() + "@example.org", "B")).id();
    if (points > 0) {
      apis.points().charge(user, "opening", new Charge(points));
    }
    return user;
  }

  UUID reservationOf(UUID user) {
    return reserve(user, null).id();
  }

  /** A reservation whose hold has run out, but which no job has swept. */
  UUID lateReservationOf(UUID user) {
    ReservationView reservation = reserve(user, Duration.ofSeconds(1));
    Awaitility.await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return reservation.id();
  }

  private ReservationView reserve(UUID user, Duration holdFor) {
    return apis.reservations().reserve(new ReservationRequest(user, freeSeats.remove(), holdFor));
  }

  long balanceOf(UUID user) {
    return apis.points().wallet(user).balance();
  }

  Answer pay(UUID user, UUID reservation) {
    return pay(UUID.randomUUID().toString(), user, reservation);
  }

  Answer pay(String key, UUID user, UUID reservation) {
    try {
      return new Answer(apis.payments().pay(key, new PaymentRequest(user, reservation)), null, 201);
    } catch (RestClientResponseException refused) {
      ProblemDetail problem = refused.getResponseBodyAs(ProblemDetail.class);
      String type = problem == null ? "" : problem.getType().toString();
      return new Answer(
          null, type.replace(Problems.TYPE_PREFIX, ""), refused.getStatusCode().value());
    } catch (RestClientException | HttpMessageConversionException noAnswer) {
      return new Answer(null, "no-answer", NO_ANSWER);
    }
  }
}

package org.ticketing.verification.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PublicApis;

/** People who buy tickets of one running system. */
public final class Customers {

  static final long PRICE = 100;

  private static final int ROWS = 40;
  private static final int SEATS_PER_ROW = 50;

  /** What a customer was told: a receipt, or the reason of a refusal in one and in more words. */
  record Answer(Receipt receipt, String reason, String detail, int status) {
    boolean isCompleted() {
      return receipt != null;
    }
  }

  /** There was no HTTP answer. */
  private static final int NO_ANSWER = 0;

  private final PublicApis visitor;
  private final UUID schedule;
  private final Queue<UUID> freeSeats = new ConcurrentLinkedQueue<>();

  Customers(PublicApis visitor, PublicApis operator) {
    this.visitor = visitor;
    UUID concert =
        operator.concerts().create(new ConcertDetails("The Two Generals", "On tour.")).id();
    schedule =
        operator
            .concerts()
            .schedule(concert, new ScheduleDetails("Hall", Instant.now().plus(30, ChronoUnit.DAYS)))
            .id();
    operator
        .seats()
        .layOut(
            schedule, new Layout(List.of(new Section("Stalls", "A", ROWS, SEATS_PER_ROW, PRICE))));
    visitor.seats().seats(schedule, true).stream().map(SeatView::id).forEach(freeSeats::add);
  }

  /** The one they all buy tickets of. */
  UUID schedule() {
    return schedule;
  }

  Customer customerWith(long points) {
    return Customer.register(visitor, points);
  }

  UUID reservationOf(Customer customer) {
    return reserve(customer, null).id();
  }

  /** A reservation whose hold has run out, but which no job has swept. */
  UUID lateReservationOf(Customer customer) {
    ReservationView reservation = reserve(customer, Duration.ofSeconds(1));
    Awaitility.await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return reservation.id();
  }

  private ReservationView reserve(Customer customer, Duration holdFor) {
    return customer
        .apis()
        .reservations()
        .reserve(new ReservationRequest(freeSeats.remove(), holdFor));
  }

  public long balanceOf(Customer customer) {
    return customer.apis().points().wallet(customer.id()).balance();
  }

  Answer pay(Customer customer, UUID reservation) {
    return pay(UUID.randomUUID().toString(), customer, reservation);
  }

  Answer pay(String key, Customer customer, UUID reservation) {
    try {
      return new Answer(
          customer.apis().payments().pay(key, new PaymentRequest(reservation)), null, null, 201);
    } catch (RestClientResponseException refused) {
      ProblemDetail problem = refused.getResponseBodyAs(ProblemDetail.class);
      String type = problem == null ? "" : problem.getType().toString();
      return new Answer(
          null,
          type.replace(Problems.TYPE_PREFIX, ""),
          problem == null ? "" : problem.getDetail(),
          refused.getStatusCode().value());
    } catch (RestClientException noAnswer) {
      return new Answer(null, "no-answer", noAnswer.getMessage(), NO_ANSWER);
    }
  }
}

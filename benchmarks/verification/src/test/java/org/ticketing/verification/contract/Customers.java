package org.ticketing.verification.contract;

import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.payment.Receipt;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedConcert;
import org.ticketing.workload.PlannedConcert.Sale;
import org.ticketing.workload.PublicApis;

/** Customers of one running system, who all buy tickets for one schedule. */
public final class Customers {

  static final long PRICE = 100;

  private static final int SEATS = 2000;

  /**
   * What a customer was told: a receipt, or the type of the problem detail and its text.
   *
   * @param status of the HTTP answer, or {@link #NO_ANSWER}
   */
  record Answer(Receipt receipt, String reason, String detail, int status) {
    boolean isCompleted() {
      return receipt != null;
    }
  }

  static final int NO_ANSWER = 0;

  private final PublicApis visitor;
  private final UUID schedule;
  private final Queue<UUID> freeSeats;

  Customers(PublicApis visitor, PublicApis operator) {
    this.visitor = visitor;
    Sale sale = PlannedConcert.by(operator).sale("Hall", SEATS, PRICE);
    this.schedule = sale.schedule();
    this.freeSeats = new ConcurrentLinkedQueue<>(sale.seats());
  }

  UUID schedule() {
    return schedule;
  }

  /** Registers a customer with so many points. */
  Customer with(long points) {
    return Customer.register(visitor, points);
  }

  UUID reservationOf(Customer customer) {
    return customer.reserve(freeSeats.remove()).id();
  }

  /** Returns a reservation whose hold has run out, but which no job has swept. */
  UUID lateReservationOf(Customer customer) {
    ReservationView reservation = customer.reserveBriefly(freeSeats.remove());
    Awaitility.await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
    return reservation.id();
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

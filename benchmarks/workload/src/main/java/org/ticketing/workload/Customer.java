package org.ticketing.workload;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.web.client.RestClientException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.queue.QueueApi;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.PaymentsRead;

/** Who buys: a registered user, signed in, with points in the wallet. */
public record Customer(UUID id, PublicApis apis) {

  private static final String PASSWORD = "correct horse battery staple";
  private static final int LARGEST_PAGE = 100;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(1);

  /**
   * @param visitor the APIs, without a user
   * @param points to charge the wallet with, or 0
   */
  public static Customer register(PublicApis visitor, long points) {
    return register(visitor, points, new History("unrecorded"));
  }

  /** Like {@link #register(PublicApis, long)}, and records the charge. */
  public static Customer register(PublicApis visitor, long points, History history) {
    String email = UUID.randomUUID() + "@example.org";
    UUID id = visitor.users().register(new Registration(email, "A customer", PASSWORD)).id();
    Customer customer = new Customer(id, visitor.as(email, PASSWORD));
    if (points > 0) {
      customer.charge("opening", points, history);
    }
    return customer;
  }

  /**
   * Charges the wallet and records it. Charges with the same key are one.
   *
   * @throws RestClientException it was not confirmed; that it was tried is recorded
   */
  public void charge(String key, long points, History history) {
    long start = history.now();
    boolean answered = false;
    try {
      apis.points().charge(id, key, new Charge(points));
      answered = true;
    } finally {
      history.add(new Operation.Charge(start, history.now(), id, key, points, answered));
    }
  }

  /** Charges the wallet, without a record. */
  public void charge(long points) {
    apis.points().charge(id, UUID.randomUUID().toString(), new Charge(points));
  }

  /** The points of the wallet that can be used. */
  public long balance() {
    return apis.points().wallet(id).balance();
  }

  /** The points of the wallet that are reserved for payments under way. */
  public long reserved() {
    return apis.points().wallet(id).reserved();
  }

  /**
   * Waits in the line of a schedule until admitted, where reserving needs that.
   *
   * @throws LoadException not admitted within two minutes
   */
  public void queueFor(UUID schedule) throws InterruptedException {
    UUID token = apis.queue().take(new TokenRequest(schedule)).id();
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (apis.queue().find(token).status() != QueueApi.Status.ACTIVE) {
      if (System.nanoTime() > deadline) {
        throw new LoadException(
            "The queue did not admit a customer within %d seconds."
                .formatted(LONGEST_WAIT.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  /** Reserves a seat, held as long as the system holds seats. */
  public ReservationView reserve(UUID seat) {
    return apis.reservations().reserve(new ReservationRequest(seat, null));
  }

  /** Reserves a seat for a second, the shortest hold that the reservation service accepts. */
  public ReservationView reserveBriefly(UUID seat) {
    return apis.reservations().reserve(new ReservationRequest(seat, SHORTEST_HOLD));
  }

  /**
   * Records all payments of this customer as the system lists them. To be called once everything
   * has settled.
   */
  public void listPayments(History history) {
    List<PaymentView> payments;
    int page = 0;
    do {
      long start = history.now();
      payments = apis.payments().mine(page++, LARGEST_PAGE);
      history.add(
          new PaymentsRead(
              start,
              history.now(),
              id,
              payments.stream()
                  .map(one -> new ListedPayment(one.id(), one.reservationId(), one.status()))
                  .toList()));
    } while (payments.size() == LARGEST_PAGE);
  }
}

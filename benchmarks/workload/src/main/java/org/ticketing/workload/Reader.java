package org.ticketing.workload;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.FailedRead;
import org.ticketing.workload.history.Operation.ReservationRead;

/**
 * Reads for its customers in turn: the wallet first, and then the reservation of each payment that
 * is followed. In this order, a payment that is seen with its points used and its reservation
 * unconfirmed is fractured.
 */
final class Reader {

  private static final int ENTRIES = 20;
  private static final long BETWEEN_LOOKS_MILLIS = 1;
  private static final long AFTER_FAILURE_MILLIS = 100;

  private final int number;
  private final History history;
  private final ClientHttpRequestFactory connections;
  private final long patience;
  private final long pauseMillis;
  private final Map<UUID, FollowedCustomer> customers = new LinkedHashMap<>();
  private final Set<FollowedCustomer> turn = new LinkedHashSet<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param patience in nanoseconds
   * @param pauseMillis after each customer
   */
  Reader(
      int number,
      History history,
      ClientHttpRequestFactory connections,
      long patience,
      long pauseMillis) {
    this.number = number;
    this.history = history;
    this.connections = connections;
    this.patience = patience;
    this.pauseMillis = pauseMillis;
    this.thread = new Thread(this::readOn, "reader " + number);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  synchronized void follow(PlannedPayment payment) {
    FollowedCustomer customer =
        customers.computeIfAbsent(
            payment.customer().id(), id -> new FollowedCustomer(payment.customer(), connections));
    customer.follow(payment);
    turn.add(customer);
    notifyAll();
  }

  synchronized void answered(PlannedPayment payment, Answer answer) {
    FollowedCustomer customer = customers.get(payment.customer().id());
    if (customer != null) {
      customer.answered(payment, answer, history.now(), patience);
    }
  }

  synchronized void finish(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    while (left > 0 && customers.values().stream().anyMatch(FollowedCustomer::isFollowed)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    customers.values().forEach(FollowedCustomer::leave);
    turn.clear();
  }

  synchronized void stop() {
    stopped.countDown();
    notifyAll();
  }

  void join() {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOn() {
    try {
      for (FollowedCustomer next = next(); next != null; next = next()) {
        boolean answered = lookAfter(next);
        done(next);
        pause(answered ? pauseMillis : AFTER_FAILURE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null once the reader is stopped. */
  private synchronized FollowedCustomer next() throws InterruptedException {
    while (turn.isEmpty() && !isStopped()) {
      wait();
    }
    if (isStopped()) {
      return null;
    }
    Iterator<FollowedCustomer> first = turn.iterator();
    FollowedCustomer next = first.next();
    first.remove();
    return next;
  }

  private synchronized void done(FollowedCustomer customer) {
    if (customer.isFollowed()) {
      turn.add(customer);
    }
    notifyAll();
  }

  /** Returns whether everything could be read. */
  private boolean lookAfter(FollowedCustomer customer) throws InterruptedException {
    boolean again = true;
    while (again && !isStopped()) {
      EntriesRead wallet = readEntries(customer);
      if (wallet == null) {
        return false;
      }
      again = false;
      for (UUID reservationId : customer.reservations()) {
        ReservationRead reservation = readReservation(customer, reservationId);
        if (reservation == null) {
          return false;
        }
        again |= customer.saw(wallet, reservation);
      }
      if (again) {
        pause(BETWEEN_LOOKS_MILLIS);
      }
    }
    return true;
  }

  private EntriesRead readEntries(FollowedCustomer customer) {
    long start = history.now();
    List<EntryView> entries =
        read(customer, null, () -> customer.apis().points().history(customer.id(), 0, ENTRIES));
    if (entries == null) {
      return null;
    }
    EntriesRead read =
        new EntriesRead(
            start,
            history.now(),
            number,
            customer.id(),
            customer.news(paymentsWith(Kind.USE, entries)),
            customer.news(paymentsWith(Kind.REFUND, entries)));
    history.add(read);
    return read;
  }

  private static List<UUID> paymentsWith(Kind kind, List<EntryView> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind)
        .map(EntryView::paymentId)
        .toList();
  }

  private ReservationRead readReservation(FollowedCustomer customer, UUID reservationId) {
    long start = history.now();
    ReservationView view =
        read(customer, reservationId, () -> customer.apis().reservations().find(reservationId));
    if (view == null) {
      return null;
    }
    ReservationRead read =
        new ReservationRead(
            start, history.now(), number, reservationId, view.status(), view.paymentId());
    history.add(read);
    return read;
  }

  /** Returns null when there was no answer, for whatever reason: the system may be failing now. */
  private <T> T read(FollowedCustomer customer, UUID reservationId, Supplier<T> call) {
    long start = history.now();
    try {
      return call.get();
    } catch (RuntimeException failure) {
      if (!isStopped()) {
        history.add(
            new FailedRead(
                start, history.now(), number, customer.id(), reservationId, text(failure)));
        customer.missed(history.now(), patience);
      }
      return null;
    }
  }

  private static String text(RuntimeException failure) {
    return failure instanceof RestClientResponseException response
        ? "HTTP " + response.getStatusCode().value()
        : failure.getClass().getSimpleName();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void pause(long millis) throws InterruptedException {
    stopped.await(millis, TimeUnit.MILLISECONDS);
  }
}

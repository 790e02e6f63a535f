package org.ticketing.workload;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.workload.PlannedPayment.Expected;
import org.ticketing.workload.history.History;

/**
 * Prepares the payments of a round in one system, through its public APIs: users are registered and
 * wallets charged once, then each round gets a schedule of its own with a reserved seat for every
 * payment.
 */
public final class BoxOffice {

  /**
   * What systems are started with: only what is meant to be late is, and the expiry job would turn
   * late refusals into early ones; nobody queues for a seat; and signing in, which is not what is
   * looked at here, need not cost what it costs an attacker.
   */
  public static final Map<String, String> SETTING =
      Map.of(
          "ticketing.reservation.hold", "1d",
          "ticketing.reservation.sweep-interval", "1d",
          "ticketing.queue.enforced", "false",
          "ticketing.user.password-hash-memory", "1024");

  private static final long PRICE = 10;
  private static final long RICH = 1_000_000_000;
  private static final long POOR = PRICE - 1;
  private static final int SEATS_PER_ROW = 100;
  private static final int CUSTOMERS_PER_CLIENT = 2;
  private static final int POOR_CUSTOMERS = 2;
  private static final int HANDS = 16;

  /** The shortest hold the reservation service accepts. */
  private static final Duration LATE_HOLD = Duration.ofSeconds(1);

  private final PublicApis visitor;
  private final PublicApis operator;
  private final Workload workload;
  private final History history;
  private final UUID concertId;
  private final List<Customer> customers;
  private final List<Customer> sharedWallets;
  private final List<Customer> poorCustomers;

  /** One for each pair of rivals. */
  private final List<Customer> rivals;

  private BoxOffice(PublicApis visitor, PublicApis operator, Workload workload, History history)
      throws InterruptedException {
    this.visitor = visitor;
    this.operator = operator;
    this.workload = workload;
    this.history = history;
    this.concertId =
        operator.concerts().create(new ConcertDetails("The Two Generals", "On tour.")).id();
    this.customers = register(workload.clients() * CUSTOMERS_PER_CLIENT, RICH);
    this.sharedWallets = register(workload.sharedWallets(), RICH);
    this.poorCustomers = register(POOR_CUSTOMERS, POOR);
    this.rivals = register(workload.rivalPairs(), 0);
  }

  /** Registers the users, who sign in and charge their wallets. */
  public static BoxOffice open(
      PublicApis visitor, PublicApis operator, Workload workload, History history)
      throws InterruptedException {
    return new BoxOffice(visitor, operator, workload, history);
  }

  private List<Customer> register(int users, long points) throws InterruptedException {
    return inParallel(
        Collections.<Callable<Customer>>nCopies(
            users, () -> Customer.register(visitor, points, history)));
  }

  /**
   * Reserves a seat for every payment of a round, gives rivals the points for one of them, and
   * waits until the late ones are late.
   *
   * @param round decides, alike in every system, which payments are late, poor or shared
   * @return in the order in which they are to be sent: a late rival directly before the other
   */
  public List<PlannedPayment> prepare(int round) throws InterruptedException {
    return prepare("round " + round, workload);
  }

  /**
   * As the other.
   *
   * @param name of the round, used once; decides, alike in every system, which payments are late,
   *     poor or shared
   * @param workload of no more clients and rivals than this box office was opened for
   */
  public List<PlannedPayment> prepare(String name, Workload workload) throws InterruptedException {
    Random random = new Random(name.hashCode());
    UUID scheduleId =
        operator
            .concerts()
            .schedule(
                concertId,
                new ScheduleDetails("Hall, " + name, Instant.now().plus(365, ChronoUnit.DAYS)))
            .id();
    int rows = (workload.payments() + SEATS_PER_ROW - 1) / SEATS_PER_ROW;
    layOut(scheduleId, rows);
    List<SeatView> seats = operator.seats().seats(scheduleId, true);

    topUp(rivals.subList(0, workload.rivalPairs()), name);
    List<Callable<Prepared>> reservations = new ArrayList<>();
    for (int i = 0; i < workload.payments(); i++) {
      Expected expected = expected(i, workload);
      UUID seatId = seats.get(i).id();
      Customer customer = customer(i, expected, workload, random);
      reservations.add(() -> reserve(customer, seatId, expected));
    }
    List<Prepared> prepared = new ArrayList<>(inParallel(reservations));
    awaitLate(prepared);
    return inOrder(prepared.stream().map(Prepared::payment).toList(), random);
  }

  /** To exactly one price, whatever became of the last round. */
  private void topUp(List<Customer> rivals, String round) throws InterruptedException {
    inParallel(
        rivals.stream().map(customer -> Executors.callable(() -> topUp(customer, round))).toList());
  }

  private void topUp(Customer customer, String round) {
    long missing = PRICE - customer.apis().points().wallet(customer.id()).balance();
    if (missing > 0) {
      customer.charge(round, missing, history);
    }
  }

  /** Somebody who is signed in. */
  public Customer anyCustomer() {
    return customers.get(0);
  }

  /** Mixed, but rivals stay together, in the order they have. */
  static List<PlannedPayment> inOrder(List<PlannedPayment> payments, Random random) {
    Map<UUID, List<PlannedPayment>> rivals =
        payments.stream()
            .filter(payment -> payment.expected().isRival())
            .collect(groupingBy(payment -> payment.customer().id(), LinkedHashMap::new, toList()));
    List<List<PlannedPayment>> order = new ArrayList<>(rivals.values());
    payments.stream()
        .filter(payment -> !payment.expected().isRival())
        .map(List::of)
        .forEach(order::add);
    Collections.shuffle(order, random);
    return order.stream().flatMap(List::stream).toList();
  }

  /**
   * Records what the system lists of the payments of all customers: to ask once all has settled.
   */
  public void listPayments() throws InterruptedException {
    inParallel(
        Stream.of(customers, sharedWallets, poorCustomers, rivals)
            .flatMap(List::stream)
            .map(customer -> Executors.callable(() -> customer.listPayments(history)))
            .toList());
  }

  private void layOut(UUID scheduleId, int rows) {
    operator
        .seats()
        .layOut(
            scheduleId,
            new Layout(List.of(new Section("Stalls", "A", rows, SEATS_PER_ROW, PRICE))));
  }

  /** The late ones are reserved first, so that their time runs while the others are reserved. */
  private static Expected expected(int index, Workload workload) {
    int lateRivals = workload.latePayments();
    int rivals = lateRivals + workload.rivalPairs();
    int poor = rivals + workload.rivalPairs();
    if (index < lateRivals) {
      return Expected.LATE;
    }
    if (index < rivals) {
      return Expected.LATE_RIVAL;
    }
    if (index < poor) {
      return Expected.RIVAL;
    }
    return index < poor + workload.poorPayments() ? Expected.TOO_FEW_POINTS : Expected.COMPLETED;
  }

  private Customer customer(int index, Expected expected, Workload workload, Random random) {
    return switch (expected) {
      case TOO_FEW_POINTS -> poorCustomers.get(index % poorCustomers.size());
      case LATE_RIVAL -> rivals.get(index - workload.latePayments());
      case RIVAL -> rivals.get(index - workload.latePayments() - workload.rivalPairs());
      case LATE -> ordinaryCustomer(index, random);
      case COMPLETED ->
          ordinaryCustomer(index - 2 * workload.rivalPairs() - workload.poorPayments(), random);
    };
  }

  /**
   * @param number among the payments that are neither rivals nor poor
   */
  private Customer ordinaryCustomer(int number, Random random) {
    return random.nextDouble() < workload.sharedShare()
        ? sharedWallets.get(number % sharedWallets.size())
        : customers.get(number % customers.size());
  }

  private Prepared reserve(Customer customer, UUID seatId, Expected expected) {
    Duration hold = expected.isLate() ? LATE_HOLD : null;
    ReservationView reservation =
        customer.apis().reservations().reserve(new ReservationRequest(seatId, hold));
    return new Prepared(
        new PlannedPayment(customer, reservation.id(), reservation.price(), expected),
        reservation.heldUntil());
  }

  private static void awaitLate(List<Prepared> prepared) throws InterruptedException {
    Instant allLate =
        prepared.stream()
            .filter(one -> one.payment().expected().isLate())
            .map(Prepared::heldUntil)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    while (!Instant.now().isAfter(allLate)) {
      LockSupport.parkUntil(allLate.toEpochMilli() + 1);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws InterruptedException {
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : hands.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException failure) {
      throw new LoadException("Preparing the workload failed: " + failure.getCause().getMessage());
    } finally {
      hands.shutdownNow();
    }
  }

  private record Prepared(PlannedPayment payment, Instant heldUntil) {}
}

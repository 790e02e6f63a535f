package org.ticketing.workload;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.workload.PlannedConcert.Sale;
import org.ticketing.workload.PlannedPayment.Expected;
import org.ticketing.workload.history.History;

/**
 * Prepares the payments of a round in one system, through its public APIs. Customers are registered
 * and their wallets charged once; then each round gets a schedule of its own, with a reserved seat
 * for every payment.
 */
public final class BoxOffice {

  /**
   * The properties that systems are started with. Holds last, and are not swept, so that only what
   * is meant to be late is, and is refused late. Nobody queues for a seat, and nobody has to sign
   * in again in the middle of it. Hashing a password, which is not measured here, need not cost
   * what it costs an attacker.
   */
  public static final Map<String, String> SETTING =
      Map.of(
          "ticketing.reservation.hold", "1d",
          "ticketing.reservation.sweep-interval", "1d",
          "ticketing.queue.enforced", "false",
          "ticketing.user.token-lifetime", "1d",
          "ticketing.user.password-hash-memory", "1024");

  private static final long PRICE = 10;
  private static final int THREADS = 16;
  private static final String NOT_ADMITTED = Problems.TYPE_PREFIX + "not-admitted";

  /** How many customers withdraw in an {@link Upheaval}. */
  private static final int LEAVING = 10;

  /** How many customers withdraw while others pay. */
  private static final int DEPARTING = 4;

  private final PublicApis visitor;
  private final Workload workload;
  private final History history;
  private final PlannedConcert concert;
  private final Customers customers;

  private BoxOffice(
      PublicApis visitor,
      Workload workload,
      History history,
      PlannedConcert concert,
      Customers customers) {
    this.visitor = visitor;
    this.workload = workload;
    this.history = history;
    this.concert = concert;
    this.customers = customers;
  }

  /** Registers the customers, who sign in and charge their wallets. */
  public static BoxOffice open(
      PublicApis visitor, PublicApis operator, Workload workload, History history)
      throws InterruptedException {
    return new BoxOffice(
        visitor,
        workload,
        history,
        PlannedConcert.by(operator),
        Customers.register(workload, PRICE, points -> Customer.register(visitor, points, history)));
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
   * Like {@link #prepare(int)}.
   *
   * @param name of the round, used once; decides, alike in every system, which payments are late,
   *     poor or shared
   * @param workload of no more clients, rivals and shared wallets than this box office was opened
   *     for
   */
  public List<PlannedPayment> prepare(String name, Workload workload) throws InterruptedException {
    return prepare(name, workload, Pace.unbounded());
  }

  /**
   * Like {@link #prepare(String, Workload)}.
   *
   * @param pace at which the seats are reserved
   */
  public List<PlannedPayment> prepare(String name, Workload workload, Pace pace)
      throws InterruptedException {
    return prepare(concert.sale("Hall, " + name, workload.payments(), PRICE), name, workload, pace);
  }

  /**
   * Like {@link #prepare(String, Workload)}, and registers customers who will withdraw.
   *
   * @return also what is to happen while the payments are sent
   */
  public Upheaval prepareUpheaval(String name, Workload workload) throws InterruptedException {
    Sale sale = concert.sale("Hall, " + name, workload.payments(), PRICE);
    List<Customer> leaving =
        inParallel(
            Collections.<Callable<Customer>>nCopies(
                LEAVING, () -> Customer.register(visitor, 0, history)));
    return new Upheaval(
        prepare(sale, name, workload, Pace.unbounded()),
        () -> concert.cancel(sale.schedule()),
        leaving,
        concert.sale("Hall, beside " + name, LEAVING, PRICE).seats(),
        history);
  }

  /**
   * Registers customers who will withdraw, and reserves a seat for each.
   *
   * @param name of the round, used once
   */
  public Departing prepareDeparting(String name) throws InterruptedException {
    Sale sale = concert.sale("Hall, " + name + ", for those who go", DEPARTING, PRICE);
    return new Departing(
        inParallel(
            sale.seats().stream()
                .limit(DEPARTING)
                .<Callable<PlannedPayment>>map(
                    seat ->
                        () ->
                            reserve(
                                    Customer.register(visitor, 0, history),
                                    sale.schedule(),
                                    seat,
                                    Expected.TOO_FEW_POINTS)
                                .payment())
                .toList()));
  }

  private List<PlannedPayment> prepare(Sale sale, String name, Workload workload, Pace pace)
      throws InterruptedException {
    Random random = new Random(name.hashCode());
    topUp(customers.rivals().subList(0, workload.rivalPairs()), name);
    List<Callable<Prepared>> reservations = new ArrayList<>();
    for (int i = 0; i < workload.payments(); i++) {
      Expected expected = expected(i, workload);
      UUID seat = sale.seats().get(i);
      Customer customer = customers.of(i, expected, workload, random);
      reservations.add(
          () -> {
            pace.await();
            return reserve(customer, sale.schedule(), seat, expected);
          });
    }
    List<Prepared> prepared = new ArrayList<>(inParallel(reservations));
    awaitLate(prepared);
    return inOrder(prepared.stream().map(Prepared::payment).toList(), random);
  }

  /** How long the system holds a seat. Reserves one to see it, and cancels that. */
  public Duration hold() throws InterruptedException {
    Sale sale = concert.sale("Hall, to see how long seats are held", 1, PRICE);
    Customer customer = anyCustomer();
    Prepared seen = reserve(customer, sale.schedule(), sale.seats().get(0), Expected.COMPLETED);
    customer.apis().reservations().cancel(seen.payment().reservationId());
    return Duration.between(Instant.now(), seen.heldUntil());
  }

  /** Charges to exactly one price, whatever became of the last round. */
  private void topUp(List<Customer> rivals, String round) throws InterruptedException {
    inParallel(
        rivals.stream().map(customer -> Executors.callable(() -> topUp(customer, round))).toList());
  }

  private void topUp(Customer customer, String round) {
    long missing = PRICE - customer.balance();
    if (missing > 0) {
      customer.charge(round, missing, history);
    }
  }

  /** Any customer of this box office, to ask something on whose behalf does not matter. */
  public Customer anyCustomer() {
    return customers.ordinary().get(0);
  }

  /** Shuffles the payments, but keeps rivals together, in the order they have. */
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
   * Records what the system lists of the payments of all customers. To be called once everything
   * has settled.
   */
  public void listPayments() throws InterruptedException {
    inParallel(
        customers.all().stream()
            .map(customer -> Executors.callable(() -> customer.listPayments(history)))
            .toList());
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

  /** Reserves a seat, and waits in the line before if the system wants that. */
  private static Prepared reserve(Customer customer, UUID schedule, UUID seat, Expected expected)
      throws InterruptedException {
    try {
      return reserve(customer, seat, expected);
    } catch (RestClientResponseException refusal) {
      if (!refusal.getResponseBodyAsString().contains(NOT_ADMITTED)) {
        throw refusal;
      }
      customer.queueFor(schedule);
      return reserve(customer, seat, expected);
    }
  }

  private static Prepared reserve(Customer customer, UUID seat, Expected expected) {
    ReservationView reservation =
        expected.isLate() ? customer.reserveBriefly(seat) : customer.reserve(seat);
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

  static <T> List<T> inParallel(List<Callable<T>> tasks) throws InterruptedException {
    try {
      return AtOnce.run(THREADS, tasks);
    } catch (ExecutionException failure) {
      throw new LoadException("Preparing the workload failed: " + failure.getCause().getMessage());
    }
  }

  private record Prepared(PlannedPayment payment, Instant heldUntil) {}
}

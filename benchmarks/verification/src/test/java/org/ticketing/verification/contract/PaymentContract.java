package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.verification.contract.Shop.PRICE;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.queue.QueueApi;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.contract.TestedSystem.Outage;
import org.ticketing.workload.AtOnce;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedConcert.Sale;

/**
 * What a payment promises, whichever protocol keeps the promise. Every system runs these tests, in
 * a subclass of its own. They start real processes, pay through the public APIs, and then audit the
 * databases. A subclass may start the system elsewhere: {@link #started}.
 *
 * <p>The promise is all or nothing: a completed payment has used its points once and confirmed its
 * reservation; nothing remains of any other, at the latest when what was interrupted has settled. A
 * refusal names its reason. The same key pays once and is always given the first answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PaymentContract extends AsynchronousPaymentContract {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final SystemDescription description;
  private AuditReport before;

  private TestedSystem system;
  private Shop shop;

  protected PaymentContract(SystemDescription description) {
    this.description = description;
  }

  @BeforeAll
  void start() {
    system = started(description);
    shop = new Shop(system);
  }

  @Override
  TestedSystem system() {
    return system;
  }

  @Override
  Shop shop() {
    return shop;
  }

  /** Starts the system, on this machine unless a subclass does otherwise. */
  protected TestedSystem started(SystemDescription system) {
    return RunningSystem.start(system, Map.of());
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @BeforeEach
  void rememberWhatEarlierTestsHaveLeft() {
    before = auditNow();
  }

  @Test
  void aPaymentUsesThePointsAndConfirmsTheReservation() throws Exception {
    Customer customer = shop.customerWithPoints(3 * PRICE);
    UUID reservation = shop.reservationOf(customer);

    Answer answer = pay(customer, reservation);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.receipt().amount()).isEqualTo(PRICE);
    UUID paymentId = answer.receipt().paymentId();
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(2 * PRICE);
    PaymentView payment = customer.apis().payments().find(paymentId);
    assertThat(payment)
        .isEqualTo(
            new PaymentView(
                paymentId,
                customer.id(),
                reservation,
                PRICE,
                Status.COMPLETED,
                null,
                payment.requestedAt(),
                null));
    assertThat(customer.apis().payments().mine(0, 20)).containsExactly(payment);
    ReservationView paid = customer.apis().reservations().find(reservation);
    assertThat(paid.status()).isEqualTo(ReservationApi.Status.CONFIRMED);
    assertThat(paid.paymentId()).isEqualTo(paymentId);
  }

  @Test
  void afterAPaymentPartnersAreToldAndTheQueueTokenIsUsed() {
    Customer customer = shop.customerWithPoints(PRICE);
    UUID token = customer.apis().queue().take(new TokenRequest(shop.schedule())).id();
    UUID reservation = shop.reservationOf(customer);
    UUID partner = registerPartner("Partner");

    UUID paymentId = pay(customer, reservation).receipt().paymentId();

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(system.operator().partners().deliveries(partner, 0, 20))
                  .extracting(DeliveryView::paymentId)
                  .contains(paymentId);
              assertThat(customer.apis().queue().find(token).status())
                  .isEqualTo(QueueApi.Status.USED);
            });
    system.operator().partners().end(partner);
  }

  @Test
  void aPaymentForAScheduleThatIsCancelledIsRefundedAndPartnersAreTold() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE);
    Sale sale = shop.anotherSale(2);
    UUID paid = customer.reserve(sale.seats().get(0)).id();
    UUID held = customer.reserve(sale.seats().get(1)).id();
    UUID partner = registerPartner("Partner told of a cancellation");
    Answer answer = pay(customer, paid, "once");
    UUID paymentId = answer.receipt().paymentId();

    system.operator().concerts().cancelSchedule(sale.schedule());

    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(PRICE);
    PaymentView payment = customer.apis().payments().find(paymentId);
    assertThat(payment.status()).isEqualTo(Status.COMPLETED);
    assertThat(payment.refundedAt()).isNotNull();
    assertThat(pay(customer, paid, "once")).isEqualTo(answer);
    for (UUID ended : List.of(paid, held)) {
      assertThat(customer.apis().reservations().find(ended).status())
          .isEqualTo(ReservationApi.Status.CANCELLED);
    }
    assertThat(system.operator().partners().deliveries(partner, 0, 20))
        .filteredOn(delivery -> delivery.paymentId().equals(paymentId))
        .hasSize(2);
    system.operator().partners().end(partner);
  }

  @Test
  void cancellingAScheduleBesideItsPaymentsRefusesOrRefundsEachOfThem() throws Exception {
    Sale sale = shop.anotherSale(40);
    List<Customer> customers =
        Stream.generate(() -> shop.customerWithPoints(PRICE)).limit(40).toList();
    List<Callable<Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      Customer customer = customers.get(i);
      UUID reservation = customer.reserve(sale.seats().get(i)).id();
      tasks.add(() -> pay(customer, reservation));
    }
    tasks.add(
        tasks.size() / 4,
        () -> {
          system.operator().concerts().cancelSchedule(sale.schedule());
          return null;
        });

    List<Answer> answers = AtOnce.run(8, tasks).stream().filter(Objects::nonNull).toList();

    assertThat(answers)
        .filteredOn(answer -> !answer.isCompleted())
        .extracting(Answer::reason)
        .isSubsetOf("not-on-sale", "reservation-not-held");
    long late = answers.stream().filter(answer -> "not-on-sale".equals(answer.reason())).count();
    afterACancellation(customers, late);
  }

  /**
   * What holds once customers with points for one ticket each tried to pay for a schedule that was
   * being cancelled.
   *
   * @param late how many were refused when their reservation was to be completed
   */
  protected void afterACancellation(List<Customer> customers, long late) throws Exception {
    assertSettlesClean();
    assertThat(customers).extracting(Customer::balance).containsOnly(PRICE);
  }

  @Test
  void aCancellationGoesOnAfterItsProcessesWereKilled() throws Exception {
    Sale sale = shop.anotherSale(10);
    List<Customer> customers = new ArrayList<>();
    for (UUID seat : sale.seats().subList(0, 10)) {
      Customer customer = shop.customerWithPoints(PRICE);
      assertThat(pay(customer, customer.reserve(seat).id()).isCompleted()).isTrue();
      customers.add(customer);
    }

    system.operator().concerts().cancelSchedule(sale.schedule());
    system.kill("payment", "reservation").close();

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(customers).extracting(Customer::balance).containsOnly(PRICE));
    assertSettlesClean();
  }

  @Test
  void aPaymentForAScheduleThatHasBegunIsRefused() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE);
    Sale sale = shop.anotherSale(1);
    UUID held = customer.reserve(sale.seats().get(0)).id();
    system
        .operator()
        .concerts()
        .changeSchedule(sale.schedule(), new ScheduleDetails("Hall", Instant.now()));

    Answer answer = pay(customer, held);

    assertThat(answer.reason()).isEqualTo("not-on-sale");
    assertThat(answer.status()).isEqualTo(409);
    afterALateRefusal(customer);
  }

  @Test
  void aWithdrawalBesideAChargeOrAReservationLeavesAWithdrawnUserNothing() throws Exception {
    Sale sale = shop.anotherSale(10);
    for (int round = 0; round < 10; round++) {
      UUID seat = sale.seats().get(round);
      Customer one = shop.customerWithPoints(0);
      Customer other = shop.customerWithPoints(0);
      List<Boolean> charged =
          AtOnce.run(List.of(() -> withdraws(one), () -> succeeds(() -> one.charge(1))));
      List<Boolean> reserved =
          AtOnce.run(List.of(() -> withdraws(other), () -> succeeds(() -> other.reserve(seat))));
      assertThat(charged).containsOnlyOnce(true);
      assertThat(reserved).containsOnlyOnce(true);
    }
    assertSettlesClean();
  }

  /** Registers a partner who does not listen. */
  private UUID registerPartner(String name) {
    URI nobodyListens = URI.create("http://127.0.0.1:1/");
    return system
        .operator()
        .partners()
        .register(new PartnerDetails(name, nobodyListens, "sixteen characters"))
        .id();
  }

  private static boolean withdraws(Customer customer) {
    return succeeds(() -> customer.apis().users().withdraw(customer.id()));
  }

  private static boolean succeeds(Runnable request) {
    try {
      request.run();
      return true;
    } catch (RestClientResponseException refused) {
      return false;
    }
  }

  @TestFactory
  Stream<DynamicTest> aRefusalNamesItsReasonAndLeavesNothingBehind() {
    Customer rich = shop.customerWithPoints(10 * PRICE);
    Customer poor = shop.customerWithPoints(PRICE - 1);
    Customer penniless = shop.customerWithPoints(0);
    UUID cancelled = shop.reservationOf(rich);
    rich.apis().reservations().cancel(cancelled);
    UUID paid = shop.reservationOf(rich);
    assertThat(pay(rich, paid).isCompleted()).isTrue();
    Customer stranger = shop.customerWithPoints(10 * PRICE);
    return Stream.of(
        refusal("unknown-reservation", 404, rich, UUID.randomUUID()),
        refusal("not-your-reservation", 403, stranger, shop.reservationOf(rich)),
        refusal("reservation-not-held", 409, rich, cancelled),
        refusal("reservation-not-held", 409, rich, paid),
        refusal("insufficient-points", 409, poor, shop.reservationOf(poor)),
        refusal("insufficient-points", 409, penniless, shop.reservationOf(penniless)));
  }

  private DynamicTest refusal(String reason, int status, Customer customer, UUID reservation) {
    return DynamicTest.dynamicTest(
        reason,
        () -> {
          long balance = customer.balance();
          Answer answer = pay(customer, reservation);
          assertThat(answer.reason()).isEqualTo(reason);
          assertThat(answer.status()).isEqualTo(status);
          assertSettlesClean();
          assertThat(customer.balance()).isEqualTo(balance);
        });
  }

  @Test
  void aRefusedReservationCanStillBePaid() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE - 1);
    UUID reservation = shop.reservationOf(customer);
    assertThat(pay(customer, reservation).reason()).isEqualTo("insufficient-points");
    assertSettlesClean();

    customer.charge(1);

    assertThat(pay(customer, reservation).isCompleted()).isTrue();
    assertSettlesClean();
    assertThat(customer.balance()).isZero();
  }

  @Test
  void aLateRefusalGivesThePointsBack() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE);
    UUID reservation = shop.lateReservationOf(customer);

    Answer answer = pay(customer, reservation);

    assertThat(answer.reason()).isEqualTo("reservation-expired");
    assertThat(answer.status()).isEqualTo(409);
    afterALateRefusal(customer);
  }

  /** What holds once a customer with points for one ticket was refused late. */
  protected void afterALateRefusal(Customer customer) throws Exception {
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(PRICE);
  }

  @Test
  void theSameKeyIsAnsweredWithTheFirstReceipt() throws Exception {
    Customer customer = shop.customerWithPoints(3 * PRICE);
    UUID reservation = shop.reservationOf(customer);

    Answer first = pay(customer, reservation, "once");
    assertSettlesClean();
    Answer second = pay(customer, reservation, "once");

    assertThat(first.isCompleted()).isTrue();
    assertThat(second).isEqualTo(first);
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(2 * PRICE);
  }

  @Test
  void theSameKeyIsAnsweredWithTheFirstRefusal() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE - 1);
    UUID reservation = shop.reservationOf(customer);

    Answer first = pay(customer, reservation, "once");
    customer.charge(PRICE);
    Answer second = pay(customer, reservation, "once");

    assertThat(first.reason()).isEqualTo("insufficient-points");
    assertThat(second).isEqualTo(first);
    assertSettlesClean();
  }

  @Test
  void aKeyThatWasUsedDoesNotPayAnotherReservation() throws Exception {
    Customer customer = shop.customerWithPoints(3 * PRICE);
    assertThat(pay(customer, shop.reservationOf(customer), "once").isCompleted()).isTrue();
    assertSettlesClean();

    Answer other = pay(customer, shop.reservationOf(customer), "once");

    assertThat(other.reason()).isEqualTo("idempotency-key-reused");
    assertThat(other.status()).isEqualTo(422);
    assertSettlesClean();
  }

  @Test
  void manyPaymentsWithTheSameKeyAtOncePayOnce() throws Exception {
    Customer customer = shop.customerWithPoints(10 * PRICE);
    UUID reservation = shop.reservationOf(customer);

    List<Answer> answers =
        AtOnce.run(
            IntStream.range(0, 8)
                .<Callable<Answer>>mapToObj(i -> () -> pay(customer, reservation, "once"))
                .toList());

    assertThat(answers)
        .allMatch(
            answer -> answer.isCompleted() || answer.reason().equals("payment-in-progress"),
            "the receipt, or that the first is under way");
    assertThat(answers.stream().filter(Answer::isCompleted).map(Answer::receipt).distinct())
        .hasSize(1);
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(9 * PRICE);
  }

  @Test
  void ofTwoPaymentsThatRaceForTheLastPointsOneCompletes() throws Exception {
    for (int round = 0; round < 5; round++) {
      Customer customer = shop.customerWithPoints(PRICE);
      UUID one = shop.reservationOf(customer);
      UUID other = shop.reservationOf(customer);

      List<Answer> answers =
          AtOnce.run(List.of(() -> pay(customer, one), () -> pay(customer, other)));

      assertThat(answers).filteredOn(Answer::isCompleted).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.isCompleted())
          .extracting(Answer::reason)
          .containsExactly("insufficient-points");
      assertSettlesClean();
      assertThat(customer.balance()).isZero();
    }
  }

  @Test
  void firstPaymentsAtOnceWithoutPointsAreAllRefusedForLackOfThem() throws Exception {
    for (int round = 0; round < 8; round++) {
      Customer customer = shop.customerWithPoints(0);

      List<Answer> answers = AtOnce.run(paymentsOf(customer, 5));

      assertThat(answers).extracting(Answer::reason).containsOnly("insufficient-points");
      assertSettlesClean();
    }
  }

  @Test
  void firstPaymentsBesideTheFirstChargeComeBeforeOrAfterIt() throws Exception {
    for (int round = 0; round < 8; round++) {
      Customer customer = shop.customerWithPoints(0);
      List<Callable<Answer>> requests = new ArrayList<>(paymentsOf(customer, 4));
      requests.add(
          () -> {
            customer.charge(4 * PRICE);
            return null;
          });

      List<Answer> answers = AtOnce.run(requests).subList(0, 4);

      assertThat(answers)
          .filteredOn(answer -> !answer.isCompleted())
          .allMatch(answer -> answer.reason().equals("insufficient-points"));
      assertSettlesClean();
      long completed = answers.stream().filter(Answer::isCompleted).count();
      assertThat(customer.balance()).isEqualTo((4 - completed) * PRICE);
    }
  }

  private List<Callable<Answer>> paymentsOf(Customer customer, int count) {
    return shop.reservationsOf(customer, count).stream()
        .<Callable<Answer>>map(reservation -> () -> pay(customer, reservation))
        .toList();
  }

  @Test
  void whoReservesTheirOwnSeatAgainGetsTheSameReservation() {
    Customer customer = shop.customerWithPoints(PRICE);
    UUID reservation = shop.reservationOf(customer);
    UUID seat = customer.apis().reservations().find(reservation).seatId();

    assertThat(customer.reserve(seat).id()).isEqualTo(reservation);
    assertThat(pay(customer, reservation).isCompleted()).isTrue();
    assertThat(customer.reserve(seat).id()).isEqualTo(reservation);
  }

  @Test
  protected void twoPaymentsForOneReservationPayItOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      Customer customer = payOneReservationTwiceAtOnce();
      assertSettlesClean();
      assertThat(customer.balance()).isEqualTo(9 * PRICE);
    }
  }

  /** Returns the customer, who had points for ten tickets. */
  protected Customer payOneReservationTwiceAtOnce() throws Exception {
    Customer customer = shop.customerWithPoints(10 * PRICE);
    UUID reservation = shop.reservationOf(customer);

    List<Answer> answers =
        AtOnce.run(List.of(() -> pay(customer, reservation), () -> pay(customer, reservation)));

    assertThat(answers).filteredOn(Answer::isCompleted).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.isCompleted())
        .extracting(Answer::reason)
        .containsExactly("reservation-not-held");
    return customer;
  }

  @Test
  void aHundredPaymentsOfOneWalletAllComplete() throws Exception {
    Customer customer = shop.customerWithPoints(100 * PRICE);
    List<Callable<Answer>> payments =
        IntStream.range(0, 100)
            .mapToObj(i -> shop.reservationOf(customer))
            .<Callable<Answer>>map(reservation -> () -> pay(customer, reservation))
            .toList();

    List<Answer> answers = AtOnce.run(16, payments);

    assertThat(answers).filteredOn(answer -> !answer.isCompleted()).isEmpty();
    assertSettlesClean();
    assertThat(customer.balance()).isZero();
  }

  @Test
  void aParticipantThatIsDownFailsThePaymentAndNothingRemains() throws Exception {
    Customer customer = shop.customerWithPoints(PRICE);
    UUID reservation = shop.reservationOf(customer);
    Answer answer;
    try (Outage ofAParticipant = system.kill("point")) {
      answer = pay(customer, reservation);
    }

    assertThat(answer.isCompleted()).isFalse();
    assertThat(answer.status()).isIn(503, 0);
    assertSettlesClean();
    assertThat(pay(customer, reservation).isCompleted()).isTrue();
    assertSettlesClean();
    assertThat(customer.balance()).isZero();
  }

  @Test
  protected void aPaymentProcessKilledInABurstLeavesNothingHalfDone() throws Exception {
    Map<Customer, Set<UUID>> told = killThePaymentProcessInABurst();

    assertSettlesClean();
    told.forEach(
        (customer, receipts) ->
            assertThat(receipts)
                .as("payments this customer has a receipt for")
                .allMatch(id -> customer.apis().payments().find(id).status() == Status.COMPLETED));
  }

  /**
   * Kills it in the middle of 200 payments and starts it again. Returns the receipts by customer.
   */
  protected Map<Customer, Set<UUID>> killThePaymentProcessInABurst() throws Exception {
    record Order(Customer customer, UUID reservation) {}
    List<Order> orders =
        IntStream.range(0, 10)
            .mapToObj(i -> shop.customerWithPoints(20 * PRICE))
            .flatMap(
                customer ->
                    IntStream.range(0, 20)
                        .mapToObj(i -> new Order(customer, shop.reservationOf(customer))))
            .toList();
    AtomicInteger answered = new AtomicInteger();
    List<Callable<Answer>> payments =
        orders.stream()
            .<Callable<Answer>>map(
                order ->
                    () -> {
                      Answer answer = pay(order.customer(), order.reservation());
                      answered.incrementAndGet();
                      return answer;
                    })
            .toList();
    FutureTask<List<Answer>> burst = new FutureTask<>(() -> AtOnce.run(8, payments));
    new Thread(burst, "burst").start();
    Awaitility.await().atMost(PATIENCE).until(() -> answered.get() >= 40);
    List<Answer> answers;
    try (Outage ofTheCoordinator = system.kill("payment")) {
      answers = burst.get();
    }

    assertThat(answers).as("payments cut off").anyMatch(answer -> !answer.isCompleted());
    Map<Customer, Set<UUID>> receipts = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isCompleted()) {
        receipts
            .computeIfAbsent(orders.get(i).customer(), customer -> new HashSet<>())
            .add(answers.get(i).receipt().paymentId());
      }
    }
    return receipts;
  }

  /** Fails if the databases show more violations or more in doubt than before the test. */
  @Override
  void assertSettlesClean() throws InterruptedException {
    AuditReport report = auditOnceSettled();
    assertThat(newViolations(report)).isEmpty();
    assertThat(report.since(before).inDoubt()).isEmpty();
  }

  /** Those of the report that earlier tests have not left. */
  protected List<Violation> newViolations(AuditReport report) {
    return report.violations().stream()
        .filter(violation -> !before.violations().contains(violation))
        .toList();
  }

  protected AuditReport auditOnceSettled() throws InterruptedException {
    return new Audit(system.databases()).afterSettling(PATIENCE);
  }

  protected AuditReport auditNow() {
    return new Audit(system.databases()).now();
  }

  private static Answer pay(Customer customer, UUID reservation) {
    return pay(customer, reservation, UUID.randomUUID().toString());
  }

  private static Answer pay(Customer customer, UUID reservation, String key) {
    return Answer.toPayment(customer, reservation, key);
  }
}

package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.verification.contract.Customers.PRICE;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.queue.QueueApi;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.contract.Customers.Answer;
import org.ticketing.workload.Connections;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PublicApis;

/**
 * What a payment promises, whichever protocol keeps it. Runs against real processes, through their
 * public APIs, and then asks the databases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PaymentContract {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final SystemDescription description;
  private AuditReport before;

  private LocalStack stack;
  private TicketingSystem system;
  protected Customers customers;
  private PublicApis operator;

  protected PaymentContract(SystemDescription description) {
    this.description = description;
  }

  @BeforeAll
  void start() {
    stack = LocalStack.start(StackOptions.forSystems(description));
    system =
        stack.start(
            description,
            SystemOptions.NONE.withProperties(
                Map.of(
                    "ticketing.reservation.sweep-interval", "1d",
                    "ticketing.queue.enforced", "false",
                    "ticketing.user.password-hash-memory", "1024")));
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    customers = new Customers(visitor, operator);
  }

  @AfterAll
  void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @BeforeEach
  void rememberWhatEarlierTestsLeft() {
    before = new Audit(SystemDatabases.of(system)).now();
  }

  @Test
  void aPaymentUsesThePointsAndConfirmsTheReservation() throws Exception {
    Customer user = customers.customerWith(3 * PRICE);
    UUID reservation = customers.reservationOf(user);

    Answer answer = customers.pay(user, reservation);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.receipt().amount()).isEqualTo(PRICE);
    UUID paymentId = answer.receipt().paymentId();
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isEqualTo(2 * PRICE);
    PaymentView payment = user.apis().payments().find(paymentId);
    assertThat(payment)
        .isEqualTo(
            new PaymentView(
                paymentId,
                user.id(),
                reservation,
                PRICE,
                Status.COMPLETED,
                null,
                payment.requestedAt()));
    assertThat(user.apis().payments().mine(0, 20)).containsExactly(payment);
    ReservationView paid = user.apis().reservations().find(reservation);
    assertThat(paid.status()).isEqualTo(ReservationApi.Status.CONFIRMED);
    assertThat(paid.paymentId()).isEqualTo(paymentId);
  }

  @Test
  void afterAPaymentPartnersAreToldAndTheQueueTokenHasServed() {
    Customer user = customers.customerWith(PRICE);
    UUID token = user.apis().queue().take(new TokenRequest(customers.schedule())).id();
    UUID reservation = customers.reservationOf(user);
    URI nobodyListens = URI.create("http://127.0.0.1:1/");
    UUID partner =
        operator
            .partners()
            .register(new PartnerDetails("Partner", nobodyListens, "sixteen characters"))
            .id();

    UUID paymentId = customers.pay(user, reservation).receipt().paymentId();

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(operator.partners().deliveries(partner, 0, 20))
                  .extracting(DeliveryView::paymentId)
                  .contains(paymentId);
              assertThat(user.apis().queue().find(token).status()).isEqualTo(QueueApi.Status.USED);
            });
    operator.partners().end(partner);
  }

  @TestFactory
  Stream<DynamicTest> aRefusalNamesItsReasonAndLeavesNothingBehind() {
    Customer rich = customers.customerWith(10 * PRICE);
    Customer poor = customers.customerWith(PRICE - 1);
    Customer penniless = customers.customerWith(0);
    UUID cancelled = customers.reservationOf(rich);
    rich.apis().reservations().cancel(cancelled);
    UUID paid = customers.reservationOf(rich);
    assertThat(customers.pay(rich, paid).isCompleted()).isTrue();
    Customer stranger = customers.customerWith(10 * PRICE);
    return Stream.of(
        refusal("unknown-reservation", 404, rich, UUID.randomUUID()),
        refusal("not-your-reservation", 403, stranger, customers.reservationOf(rich)),
        refusal("reservation-not-held", 409, rich, cancelled),
        refusal("reservation-not-held", 409, rich, paid),
        refusal("insufficient-points", 409, poor, customers.reservationOf(poor)),
        refusal("insufficient-points", 409, penniless, customers.reservationOf(penniless)));
  }

  private DynamicTest refusal(String reason, int status, Customer user, UUID reservation) {
    return DynamicTest.dynamicTest(
        reason,
        () -> {
          long balance = customers.balanceOf(user);
          Answer answer = customers.pay(user, reservation);
          assertThat(answer.reason()).isEqualTo(reason);
          assertThat(answer.status()).isEqualTo(status);
          assertSettlesClean();
          assertThat(customers.balanceOf(user)).isEqualTo(balance);
        });
  }

  @Test
  void aRefusedReservationCanStillBePaid() throws Exception {
    Customer user = customers.customerWith(PRICE - 1);
    UUID reservation = customers.reservationOf(user);
    assertThat(customers.pay(user, reservation).reason()).isEqualTo("insufficient-points");
    assertSettlesClean();

    user.apis().points().charge(user.id(), "more", new Charge(1));

    assertThat(customers.pay(user, reservation).isCompleted()).isTrue();
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isZero();
  }

  @Test
  void aLateRefusalGivesThePointsBack() throws Exception {
    Customer user = customers.customerWith(PRICE);
    UUID reservation = customers.lateReservationOf(user);

    Answer answer = customers.pay(user, reservation);

    assertThat(answer.reason()).isEqualTo("reservation-expired");
    assertThat(answer.status()).isEqualTo(409);
    afterALateRefusal(user);
  }

  protected void afterALateRefusal(Customer user) throws Exception {
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isEqualTo(PRICE);
  }

  @Test
  void theSameKeyIsAnsweredWithTheFirstReceipt() throws Exception {
    Customer user = customers.customerWith(3 * PRICE);
    UUID reservation = customers.reservationOf(user);

    Answer first = customers.pay("once", user, reservation);
    assertSettlesClean();
    Answer second = customers.pay("once", user, reservation);

    assertThat(first.isCompleted()).isTrue();
    assertThat(second).isEqualTo(first);
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isEqualTo(2 * PRICE);
  }

  @Test
  void theSameKeyIsAnsweredWithTheFirstRefusal() throws Exception {
    Customer user = customers.customerWith(PRICE - 1);
    UUID reservation = customers.reservationOf(user);

    Answer first = customers.pay("once", user, reservation);
    user.apis().points().charge(user.id(), "more", new Charge(PRICE));
    Answer second = customers.pay("once", user, reservation);

    assertThat(first.reason()).isEqualTo("insufficient-points");
    assertThat(second).isEqualTo(first);
    assertSettlesClean();
  }

  @Test
  void aKeyIsNotForAnotherReservation() throws Exception {
    Customer user = customers.customerWith(3 * PRICE);
    assertThat(customers.pay("once", user, customers.reservationOf(user)).isCompleted()).isTrue();
    assertSettlesClean();

    Answer other = customers.pay("once", user, customers.reservationOf(user));

    assertThat(other.reason()).isEqualTo("idempotency-key-reused");
    assertThat(other.status()).isEqualTo(422);
    assertSettlesClean();
  }

  @Test
  void theSameKeyAtOncePaysOnce() throws Exception {
    Customer user = customers.customerWith(10 * PRICE);
    UUID reservation = customers.reservationOf(user);

    List<Answer> answers =
        AtOnce.run(
            IntStream.range(0, 8)
                .<Callable<Answer>>mapToObj(i -> () -> customers.pay("once", user, reservation))
                .toList());

    assertThat(answers)
        .allMatch(
            answer -> answer.isCompleted() || answer.reason().equals("payment-in-progress"),
            "the receipt, or that the first is under way");
    assertThat(answers.stream().filter(Answer::isCompleted).map(Answer::receipt).distinct())
        .hasSize(1);
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isEqualTo(9 * PRICE);
  }

  @Test
  void twoPaymentsRaceForTheLastPoints() throws Exception {
    for (int round = 0; round < 5; round++) {
      Customer user = customers.customerWith(PRICE);
      UUID one = customers.reservationOf(user);
      UUID other = customers.reservationOf(user);

      List<Answer> answers =
          AtOnce.run(List.of(() -> customers.pay(user, one), () -> customers.pay(user, other)));

      assertThat(answers).filteredOn(Answer::isCompleted).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.isCompleted())
          .extracting(Answer::reason)
          .containsExactly("insufficient-points");
      assertSettlesClean();
      assertThat(customers.balanceOf(user)).isZero();
    }
  }

  @Test
  protected void twoPaymentsForOneReservationPayItOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      Customer user = payOneReservationTwiceAtOnce();
      assertSettlesClean();
      assertThat(customers.balanceOf(user)).isEqualTo(9 * PRICE);
    }
  }

  protected Customer payOneReservationTwiceAtOnce() throws Exception {
    Customer user = customers.customerWith(10 * PRICE);
    UUID reservation = customers.reservationOf(user);

    List<Answer> answers =
        AtOnce.run(
            List.of(
                () -> customers.pay(user, reservation), () -> customers.pay(user, reservation)));

    assertThat(answers).filteredOn(Answer::isCompleted).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.isCompleted())
        .extracting(Answer::reason)
        .containsExactly("reservation-not-held");
    return user;
  }

  @Test
  void aHundredPaymentsOfOneWalletAllComplete() throws Exception {
    Customer user = customers.customerWith(100 * PRICE);
    List<Callable<Answer>> payments =
        IntStream.range(0, 100)
            .mapToObj(i -> customers.reservationOf(user))
            .<Callable<Answer>>map(reservation -> () -> customers.pay(user, reservation))
            .toList();

    List<Answer> answers = AtOnce.run(16, payments);

    assertThat(answers).filteredOn(answer -> !answer.isCompleted()).isEmpty();
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isZero();
  }

  @Test
  void aParticipantThatIsDownFailsThePaymentAndNothingRemains() throws Exception {
    Customer user = customers.customerWith(PRICE);
    UUID reservation = customers.reservationOf(user);
    StackProcess participant = system.process("point");
    participant.kill();
    Answer answer;
    try {
      answer = customers.pay(user, reservation);
    } finally {
      participant.restart();
    }

    assertThat(answer.isCompleted()).isFalse();
    assertThat(answer.status()).isIn(503, 0);
    assertSettlesClean();
    assertThat(customers.pay(user, reservation).isCompleted()).isTrue();
    assertSettlesClean();
    assertThat(customers.balanceOf(user)).isZero();
  }

  @Test
  protected void aPaymentProcessKilledInABurstLeavesNothingHalfDone() throws Exception {
    Map<Customer, Set<UUID>> told = killThePaymentProcessInABurst();

    assertSettlesClean();
    told.forEach(
        (user, receipts) ->
            assertThat(receipts)
                .as("payments this customer has a receipt for")
                .allMatch(id -> user.apis().payments().find(id).status() == Status.COMPLETED));
  }

  /** Kills it in the middle of 200 payments and starts it again. Returns the receipts by user. */
  protected Map<Customer, Set<UUID>> killThePaymentProcessInABurst() throws Exception {
    record Order(Customer user, UUID reservation) {}
    List<Order> orders =
        IntStream.range(0, 10)
            .mapToObj(i -> customers.customerWith(20 * PRICE))
            .flatMap(
                user ->
                    IntStream.range(0, 20)
                        .mapToObj(i -> new Order(user, customers.reservationOf(user))))
            .toList();
    AtomicInteger answered = new AtomicInteger();
    List<Callable<Answer>> payments =
        orders.stream()
            .<Callable<Answer>>map(
                order ->
                    () -> {
                      Answer answer = customers.pay(order.user(), order.reservation());
                      answered.incrementAndGet();
                      return answer;
                    })
            .toList();
    FutureTask<List<Answer>> burst = new FutureTask<>(() -> AtOnce.run(8, payments));
    new Thread(burst, "burst").start();
    Awaitility.await().atMost(PATIENCE).until(() -> answered.get() >= 40);
    system.process("payment").kill();
    List<Answer> answers;
    try {
      answers = burst.get();
    } finally {
      system.process("payment").restart();
    }

    assertThat(answers).as("payments cut off").anyMatch(answer -> !answer.isCompleted());
    Map<Customer, Set<UUID>> receipts = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isCompleted()) {
        receipts
            .computeIfAbsent(orders.get(i).user(), user -> new HashSet<>())
            .add(answers.get(i).receipt().paymentId());
      }
    }
    return receipts;
  }

  /** How long its coordinator may take to finish what was interrupted. */
  protected Duration settling() {
    return PATIENCE;
  }

  void assertSettlesClean() throws InterruptedException {
    AuditReport report = new Audit(SystemDatabases.of(system)).afterSettling(settling());
    assertThat(newViolations(report)).isEmpty();
    assertThat(report.inDoubt()).isEqualTo(before.inDoubt());
  }

  /** Without those that earlier tests were seen to leave. */
  protected List<Violation> newViolations(AuditReport report) {
    return report.violations().stream()
        .filter(violation -> !before.violations().contains(violation))
        .toList();
  }

  protected AuditReport auditNow() {
    return new Audit(SystemDatabases.of(system)).now();
  }
}

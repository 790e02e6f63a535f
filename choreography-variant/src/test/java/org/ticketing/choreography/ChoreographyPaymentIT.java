package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.verification.contract.FollowUps;
import org.ticketing.verification.contract.Metrics;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;

@ExtendWith(ChoreographySystem.class)
class ChoreographyPaymentIT {

  private static final long POINTS = 1000;

  private final RunningSystem system;
  private final Shop shop;
  private final FollowUps followUps;

  ChoreographyPaymentIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
    this.followUps = new FollowUps(system);
  }

  @Test
  void aPaymentGoesFromEventToEvent() {
    Purchase purchase = purchase();

    assertThat(purchase.pay()).isEqualTo("paid");

    assertPaid(purchase);
    assertThat(reactionsOf(purchase))
        .containsExactly(
            "point PAYMENT_REQUESTED", "reservation POINTS_USED", "payment RESERVATION_COMPLETED");
    eventually(() -> assertThat(eventsLeft()).isZero());
  }

  @Test
  void theMetricsOfTheProtocolAreThoseThatAreDocumented() {
    assertThat(purchase().pay()).isEqualTo("paid");

    new Metrics(system).assertThatThoseOfTheProtocolAreAsDocumented();
  }

  @Test
  void whoIsToldOfARefusalFindsThatNothingRemains() {
    Purchase purchase = shop.latePurchaseWithPoints(POINTS);

    assertThat(purchase.pay()).isEqualTo("reservation-expired");

    assertUndone(purchase);
    assertThat(reactionsOf(purchase))
        .containsExactly(
            "point PAYMENT_REQUESTED",
            "point RESERVATION_REFUSED",
            "reservation POINTS_USED",
            "payment POINTS_REFUNDED");
    assertThat(followUps.of(purchase)).isZero();
  }

  @Test
  void aPaymentWithoutPointsEndsWithTheFirstReaction() {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE - 1);

    assertThat(purchase.pay()).isEqualTo("insufficient-points");

    assertThat(reactionsOf(purchase))
        .containsExactly("point PAYMENT_REQUESTED", "payment POINTS_REFUSED");
  }

  @Test
  void whatFollowsAPaymentIsStagedByItsLastStep() throws Exception {
    Purchase purchase = purchase();

    // Without the shop, what is staged is not carried out and can be counted.
    assertThat(followUps.payAndKill(purchase, "shop").get()).isEqualTo("paid");

    assertThat(purchase.payment()).isEqualTo("COMPLETED");
    assertThat(followUps.of(purchase)).isEqualTo(1);
  }

  @Test
  void aKeyThatIsUsedManyTimesAtOncePaysOnceAndCancelsNothing() {
    Purchase purchase = purchase();

    List<CompletableFuture<String>> answers =
        Stream.generate(purchase::startPaying).limit(16).toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .contains("paid")
        .containsOnly("paid", "payment-in-progress");
    assertPaid(purchase);
  }

  @Test
  void aPaymentWhoseProcessDiesGoesOnWithoutIt() throws Exception {
    Purchase purchase = purchase();
    try (var lock = purchase.stopAtReservation()) {
      purchase.startPaying();
      purchase.awaitStopped();
      system.process("payment").kill();
    }
    eventually(() -> assertThat(purchase.reservationStatus()).isEqualTo(Status.CONFIRMED));

    system.process("payment").restart();

    eventually(() -> assertPaid(purchase));
    assertThat(purchase.pay()).isEqualTo("paid");
  }

  @Test
  void aProcessThatIsToldToStopAnswersWhatIsUnderWay() throws Exception {
    StoppingProcess.answersWhatIsUnderWay(system, system.process("payment"));
  }

  @Test
  void aParticipantThatIsBackInTimeCompletesThePayment() {
    Purchase purchase = purchase();
    StackProcess point = system.process("point");
    point.pause();
    CompletableFuture<String> answer = purchase.startPaying();
    eventually(() -> assertThat(purchase.payment()).isEqualTo("REQUESTED"));
    point.resume();

    assertThat(answer.join()).isEqualTo("paid");
    assertPaid(purchase);
  }

  @Test
  void aParticipantThatIsAwayForTooLongHasThePaymentCancelledAndDoesNothingLater() {
    Purchase purchase = purchase();
    system.process("point").kill();

    assertThat(purchase.pay()).isEqualTo("service-unavailable");
    assertThat(purchase.payment()).isEqualTo("FAILED");
    assertThat(engineOf(purchase).state()).isEqualTo(TransactionState.UNDOING);
    system.process("point").restart();

    eventually(() -> assertThat(eventsLeft()).isZero());
    assertUndone(purchase);
    assertThat(engineOf(purchase).state()).isEqualTo(TransactionState.UNDONE);
    assertThat(purchase.pay()).isEqualTo("service-unavailable");
  }

  /** The points are used, and the reservation hears of the cancellation before it hears of that. */
  @Test
  void aStepThatComesAfterItsCancellationIsRefused() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      assertThat(answer.join()).isEqualTo("service-unavailable");
    }

    eventually(() -> assertThat(eventsLeft()).isZero());
    assertUndone(purchase);
  }

  /**
   * While the lock is held, the reservation service reacts to nothing, and may still complete the
   * reservation for the payment that has failed.
   */
  @Test
  void whoPaysAgainIsNotRefusedForAPaymentThatIsBeingUndone() throws Exception {
    Purchase failed = purchase();
    Purchase again = failed.withAnotherKey();
    try (var lock = failed.stopAtReservation()) {
      CompletableFuture<String> answer = failed.startPaying();
      failed.awaitStopped();
      assertThat(answer.join()).isEqualTo("service-unavailable");
      assertThat(engineOf(failed).state()).isEqualTo(TransactionState.UNDOING);

      assertThat(again.pay()).isEqualTo("service-unavailable");

      assertThat(reactionsOf(again)).isEmpty();
    }
    eventually(() -> assertThat(engineOf(failed).state()).isEqualTo(TransactionState.UNDONE));
    assertUndone(failed);
    Purchase atLast = failed.withAnotherKey();
    assertThat(atLast.pay()).isEqualTo("paid");
    assertPaid(atLast);
  }

  /** The points are used, and the reservation service has died. */
  private CompletableFuture<String> payUntilItIsStuck(Purchase purchase) throws Exception {
    try (var lock = purchase.stopAtReservation()) {
      CompletableFuture<String> answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("reservation").kill();
      return answer;
    }
  }

  /** A constraint of the table of entries does not admit the change, as after a wrong migration. */
  @Test
  void anEventThatCannotBeReactedToIsParkedSeenAndReplayed() throws Exception {
    Purchase purchase = purchase();
    String poisoned = purchase.customer().id().toString();
    system
        .database("point")
        .query(
            "ALTER TABLE point_entry ADD CONSTRAINT poison CHECK (user_id <> '%s' OR kind <> 'REFUND')"
                .formatted(poisoned));
    String id;
    try {
      assertThat(payUntilItIsStuck(purchase).get()).isEqualTo("service-unavailable");
      id = idOf(purchase);
      eventually(() -> assertThat(parked()).extracting(Parked::paymentId).contains(id));
      system.process("reservation").restart();
      eventually(() -> assertThat(purchase().pay()).isEqualTo("paid"));
      assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);
      assertThat(engineOf(purchase).state()).isEqualTo(TransactionState.UNDOING);
      assertThat(engineOf(purchase).error()).contains("poison");
      long number = numberOf(id);
      assertThatThrownBy(() -> replay(number))
          .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
    } finally {
      system.database("point").query("ALTER TABLE point_entry DROP CONSTRAINT poison");
    }

    replay(numberOf(id));

    assertUndone(purchase);
    eventually(() -> assertThat(eventsLeft()).isZero());
    assertThat(parked()).extracting(Parked::paymentId).doesNotContain(id);
    assertThat(engineOf(purchase).state()).isEqualTo(TransactionState.UNDONE);
  }

  @Test
  void anOperatorCancelsAPaymentThatIsStuck() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer = payUntilItIsStuck(purchase);
    assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);
    assertThat(engineOf(purchase).state()).isEqualTo(TransactionState.WORKING);
    assertThat(steer(Steering.COMPLETE, purchase).isRefused()).isTrue();

    assertThat(steer(Steering.UNDO, purchase).isRefused()).isFalse();

    assertThat(answer.join()).isEqualTo("payment-cancelled");
    eventually(() -> assertThat(purchase.balance()).isEqualTo(POINTS));
    system.process("reservation").restart();
    eventually(() -> assertThat(steer(Steering.RETRY, purchase).finished()).isTrue());
    assertUndone(purchase);
    assertThat(steer(Steering.UNDO, purchase).finished()).isTrue();
  }

  @Test
  void aServiceTakesUpItsOwnEventsAlone() {
    assertThatThrownBy(() -> poll("reservation", "point", "point"))
        .isInstanceOf(HttpClientErrorException.Forbidden.class);
    assertThatThrownBy(() -> poll("payment", "point", "reservation"))
        .isInstanceOf(HttpClientErrorException.Forbidden.class);
    assertThat(poll("reservation", "point", "reservation")).isNotNull();
  }

  private List<?> poll(String caller, String publisher, String reader) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .baseUrl(system.system().url(publisher))
        .build()
        .post()
        .uri("/protocol/events/{reader}/polls", reader)
        .headers(headers -> headers.setBearerAuth(system.token(caller, publisher)))
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"acknowledged\": [], \"limit\": 1}")
        .retrieve()
        .body(List.class);
  }

  private record Parked(long number, String paymentId) {}

  private List<Parked> parked() {
    return operations()
        .get()
        .uri("/operations/events/parked")
        .retrieve()
        .body(new ParameterizedTypeReference<>() {});
  }

  private long numberOf(String payment) {
    return parked().stream()
        .filter(event -> event.paymentId().equals(payment))
        .findFirst()
        .orElseThrow()
        .number();
  }

  private void replay(long number) {
    operations()
        .post()
        .uri("/operations/events/parked/{number}/replays", number)
        .retrieve()
        .toBodilessEntity();
  }

  private RestClient operations() {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .baseUrl(system.system().url("point"))
        .defaultHeaders(headers -> headers.setBearerAuth(operatorToken()))
        .build();
  }

  private String operatorToken() {
    return Bearer.user(system.stack().keys(), UUID.randomUUID(), "OPERATOR");
  }

  private EngineView engineOf(Purchase purchase) {
    return operator().find(idOf(purchase)).engine();
  }

  private Effect steer(Steering steering, Purchase purchase) {
    var order = new SteeringOrder(steering, List.of(idOf(purchase)), "for a test", false);
    return operator().steer(order).get(0).effect();
  }

  private TransactionsApi operator() {
    return new Apis(system.system()::url, operatorToken()).api(TransactionsApi.class);
  }

  private String idOf(Purchase purchase) {
    return system
        .database("payment")
        .query("SELECT id FROM payment.payment WHERE idempotency_key = '" + purchase.key() + "'")
        .get(0);
  }

  private Purchase purchase() {
    return shop.purchaseWithPoints(POINTS);
  }

  /** By service, each in the order of its reactions. */
  private List<String> reactionsOf(Purchase purchase) {
    String id = idOf(purchase);
    return Stream.of("point", "reservation", "payment")
        .flatMap(
            service ->
                system
                    .database(service)
                    .query(
                        "SELECT kind FROM %s WHERE payment_id = '%s' ORDER BY reacted_at"
                            .formatted(table(service, "inbox"), id))
                    .stream()
                    .map(kind -> service + " " + kind))
        .toList();
  }

  private long eventsLeft() {
    return Stream.of("point", "reservation", "payment")
        .mapToLong(service -> system.database(service).count(table(service, "outbox"), "1 = 1"))
        .sum();
  }

  private static String table(String service, String name) {
    return service.equals("point") ? name : "protocol." + name;
  }

  private static void assertPaid(Purchase purchase) {
    assertThat(purchase.payment()).isEqualTo("COMPLETED");
    assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);
    assertThat(purchase.reservationStatus()).isEqualTo(Status.CONFIRMED);
  }

  private static void assertUndone(Purchase purchase) {
    assertThat(purchase.payment()).isEqualTo("FAILED");
    assertThat(purchase.balance()).isEqualTo(POINTS);
    assertThat(purchase.reservationStatus()).isIn(Status.HELD, Status.EXPIRED);
  }

  private static void eventually(Runnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion::run);
  }
}

package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.Database;
import org.ticketing.verification.contract.FollowUps;
import org.ticketing.verification.contract.Metrics;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;

@ExtendWith(SagaSystem.class)
class SagaPaymentIT {

  private static final long POINTS = 1000;

  private final RunningSystem system;
  private final Shop shop;
  private final FollowUps followUps;

  SagaPaymentIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
    this.followUps = new FollowUps(system);
  }

  @Test
  void aPaymentGoesThroughItsFourSteps() {
    Purchase purchase = purchase();

    assertThat(purchase.pay()).isEqualTo("paid");

    assertPaid(purchase);
    assertThat(stepsOf(purchase))
        .containsExactly(
            "RecordPayment SU", "UsePoints SU", "CompleteReservation SU", "CompletePayment SU");
  }

  @Test
  void theMetricsOfTheProtocolAreThoseThatAreDocumented() {
    assertThat(purchase().pay()).isEqualTo("paid");

    new Metrics(system).assertThatThoseOfTheProtocolAreAsDocumented();
  }

  @Test
  void aRefusedStepHasThoseBeforeItCompensated() {
    Purchase purchase = shop.latePurchaseWithPoints(POINTS);

    assertThat(purchase.pay()).isEqualTo("reservation-expired");

    assertUndone(purchase);
    assertThat(stepsOf(purchase))
        .containsExactly(
            "RecordPayment SU",
            "UsePoints SU",
            "CompleteReservation FA",
            "RefundPoints SU",
            "CancelPayment SU");
    assertThat(followUps.of(purchase)).isZero();
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
  void nothingFollowsAPaymentWhoseLastStepWasInterrupted() throws Exception {
    Purchase purchase = purchase();

    followUps.payAndKill(purchase, "payment");

    eventually(() -> assertThat(system.database("payment").isDeserted()).isTrue());
    assertThat(followUps.of(purchase)).isZero();

    system.process("payment").restart();

    eventually(() -> assertUndone(purchase));
    assertThat(followUps.of(purchase)).isZero();
  }

  /**
   * The payment process dies when all steps are done and their success is not logged. Until then
   * the services show their steps, and the payment alone shows that it may yet be undone.
   */
  @Test
  void nobodyIsToldThatAPaymentHasCompletedWhichMayYetBeUndone() throws Exception {
    Purchase purchase = purchase();
    Database payment = system.database("payment");
    var log = new AtomicReference<Database.Lock>();
    followUps.payUntilStaging(
        purchase,
        () ->
            log.set(
                payment.lock(
                    "protocol.seata_state_machine_inst", "business_key = " + idOf(purchase))));
    try (Database.Lock unlogged = log.get()) {
      eventually(() -> assertThat(purchase.payment()).isEqualTo("COMPLETED"));
      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(4))
          .until(() -> followUps.of(purchase) == 1);
      assertThat(purchase.pay()).isEqualTo("payment-in-progress");
      assertThat(purchase.customer().apis().payments().mine(0, 20))
          .extracting(PaymentView::status)
          .containsExactly(PaymentApi.Status.REQUESTED);
      assertThat(purchase.reservationStatus()).isEqualTo(Status.CONFIRMED);
      assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);
      system.process("payment").kill();
      // PostgreSQL would still log the success that the dead process has asked it to log.
      payment.endConnectionsWhere("wait_event_type = 'Lock'");
    }
    system.process("payment").restart();

    eventually(() -> assertUndone(purchase));
    eventually(() -> assertThat(followUps.of(purchase)).isZero());
    String undone = payment.query("SELECT " + idOf(purchase)).get(0);
    assertThat(system.database("partner").count("partner.sale", "payment_id = '" + undone + "'"))
        .isZero();
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
  void aStepWhoseEffectIsUnknownIsCompensated() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("reservation").kill();
    }
    system.process("reservation").restart();

    assertThat(answer.get()).isEqualTo("service-unavailable");

    eventually(() -> assertUndone(purchase));
  }

  @Test
  void whileAParticipantIsAwayNothingIsLeftToBeCompensatedLater() {
    Purchase purchase = purchase();
    system.process("point").kill();
    // A connection that was used a moment ago is used again untested, and tells nothing.
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

    assertThat(purchase.pay()).isEqualTo("service-unavailable");

    assertThat(stepsOf(purchase))
        .containsExactly("RecordPayment SU", "UsePoints FA", "CancelPayment SU");
    assertThat(unfinishedSagas()).isZero();
  }

  @Test
  void aCompensationIsRepeatedUntilItsParticipantIsBack() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("point").kill();
      lock.change(
          "UPDATE reservation.reservation SET held_until = now() WHERE id = '%s'"
              .formatted(purchase.reservation()));
    }

    assertThat(answer.get()).isEqualTo("service-unavailable");
    assertThat(purchase.payment()).isEqualTo("FAILED");

    system.process("point").restart();

    eventually(() -> assertUndone(purchase));
  }

  /** The compensations are stopped first, so that it is the operator's that is done. */
  @Test
  void anOperatorEndsASagaWhoseCompensationFails() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("point").kill();
      lock.change(
          "UPDATE reservation.reservation SET held_until = now() WHERE id = '%s'"
              .formatted(purchase.reservation()));
    }
    assertThat(answer.get()).isEqualTo("service-unavailable");
    String id = system.database("payment").query("SELECT " + idOf(purchase)).get(0);
    eventually(() -> assertThat(engineOf(id).repetitions()).isGreaterThan(1));
    assertThat(engineOf(id).state()).isEqualTo(TransactionState.UNDOING);
    assertThat(engineOf(id).error()).contains("RefundPoints").contains("point service");
    assertThat(steer(Steering.COMPLETE, id).isRefused()).isTrue();

    assertThat(steer(Steering.SUSPEND, id).finished()).isTrue();
    system.process("point").restart();

    await()
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(8))
        .until(() -> purchase.balance() == POINTS - Shop.PRICE);
    assertThat(engineOf(id).suspended()).isTrue();
    untilFinished(Steering.RETRY, id);

    assertUndone(purchase);
    assertThat(engineOf(id).state()).isEqualTo(TransactionState.UNDONE);
    assertThat(steer(Steering.RETRY, id).finished()).isTrue();
    eventually(() -> assertThat(unfinishedSagas()).isZero());
  }

  private EngineView engineOf(String payment) {
    return operator().find(payment).engine();
  }

  private Effect steer(Steering steering, String payment) {
    var order = new SteeringOrder(steering, List.of(payment), "for a test", false);
    return operator().steer(order).get(0).effect();
  }

  /** Also while Seata's server, or a participant, is not found again yet. */
  private void untilFinished(Steering steering, String transaction) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> steer(steering, transaction).finished());
  }

  private TransactionsApi operator() {
    String token = Bearer.user(system.stack().keys(), UUID.randomUUID(), "OPERATOR");
    return new Apis(system.system()::url, token).api(TransactionsApi.class);
  }

  @Test
  void aPaymentProcessThatDiesBetweenTwoStepsCompensatesWhenItIsBack() throws Exception {
    Purchase purchase = purchase();
    try (var lock = purchase.stopAtReservation()) {
      purchase.startPaying();
      purchase.awaitStopped();
      system.process("payment").kill();
    }
    assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);

    system.process("payment").restart();

    eventually(() -> assertUndone(purchase));
    assertThat(purchase.pay()).isEqualTo("payment-cancelled");
  }

  /** The server may have lost its data, or have ended a saga that the log did not know yet. */
  @Test
  void aSagaThatSeatasServerDoesNotKnowIsCompensatedAllTheSame() throws Exception {
    Purchase purchase = purchase();
    try (var lock = purchase.stopAtReservation()) {
      purchase.startPaying();
      purchase.awaitStopped();
      system.process("payment").kill();
    }
    Database payment = system.database("payment");
    String forgotten = xidOf(purchase);
    payment.query(
        "UPDATE protocol.seata_state_machine_inst SET id = 'unknown' WHERE id = '%s'"
            .formatted(forgotten));
    payment.query(
        "UPDATE protocol.seata_state_inst SET machine_inst_id = 'unknown' WHERE machine_inst_id = '%s'"
            .formatted(forgotten));

    system.process("payment").restart();

    eventually(() -> assertUndone(purchase));
    eventually(() -> assertThat(unfinishedSagas()).isZero());
  }

  @Test
  void aCompensationThatIsInterruptedTwiceIsDoneTheThirdTime() throws Exception {
    Purchase purchase = purchase();
    try (var reservation = purchase.stopAtReservation()) {
      purchase.startPaying();
      purchase.awaitStopped();
      try (var record =
          system.database("payment").lock("payment.payment", "id::text = " + idOf(purchase))) {
        reservation.change(
            "UPDATE reservation.reservation SET held_until = now() WHERE id = '%s'"
                .formatted(purchase.reservation()));
        for (int times = 0; times < 2; times++) {
          awaitWaitingTo("update payment");
          system.process("payment").kill();
          eventually(() -> assertThat(isWaitingTo("update payment")).isFalse());
          system.process("payment").restart();
        }
        awaitWaitingTo("update payment");
        system.process("payment").kill();
      }
    }
    system.process("payment").restart();

    eventually(() -> assertUndone(purchase));
    eventually(() -> assertThat(unfinishedSagas()).isZero());
  }

  @Test
  void withoutSeatasServerThePaymentProcessStartsAndRefusesUntilItIsBack() {
    Purchase tooEarly = purchase();
    system.seataServer().kill();
    system.process("payment").restart();

    assertThat(tooEarly.pay()).isEqualTo("service-unavailable");
    assertUndone(tooEarly);

    system.seataServer().restart();

    eventually(() -> assertThat(purchase().pay()).isEqualTo("paid"));
  }

  @Test
  void aSuccessThatSeatasServerWasNotToldOfStays() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.seataServer().kill();
    }

    assertThat(answer.get()).isEqualTo("paid");

    system.seataServer().restart();

    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(9))
        .untilAsserted(() -> assertPaid(purchase));
  }

  private Purchase purchase() {
    return shop.purchaseWithPoints(POINTS);
  }

  private void awaitWaitingTo(String statement) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(() -> isWaitingTo(statement));
  }

  private boolean isWaitingTo(String statement) {
    return system.database("payment").isSomebodyWaitingTo(statement);
  }

  private String xidOf(Purchase purchase) {
    return system
        .database("payment")
        .query(
            "SELECT id FROM protocol.seata_state_machine_inst WHERE business_key = "
                + idOf(purchase))
        .get(0);
  }

  private static String idOf(Purchase purchase) {
    return "(SELECT id::text FROM payment.payment WHERE idempotency_key = '%s')"
        .formatted(purchase.key());
  }

  private long unfinishedSagas() {
    return system
        .database("payment")
        .count("protocol.seata_state_machine_inst", "is_running OR compensation_status <> 'SU'");
  }

  private List<String> stepsOf(Purchase purchase) {
    return system
        .database("payment")
        .query(
            """
            SELECT step.name || ' ' || step.status
            FROM protocol.seata_state_inst step
            JOIN protocol.seata_state_machine_inst saga ON saga.id = step.machine_inst_id
            JOIN payment.payment ON payment.id::text = saga.business_key
            WHERE payment.idempotency_key = '%s'
            ORDER BY step.gmt_started, step.gmt_end"""
                .formatted(purchase.key()));
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

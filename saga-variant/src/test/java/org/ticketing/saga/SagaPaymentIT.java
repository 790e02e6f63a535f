package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.testing.Database;
import org.ticketing.testing.FollowUps;
import org.ticketing.testing.Payer;
import org.ticketing.testing.RunningSystem;
import org.ticketing.testing.Shop;

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

  @AfterEach
  void restartTheDead() {
    system.restartTheDead();
  }

  @Test
  void aPaymentGoesThroughItsFourSteps() {
    Payer payer = payer();

    assertThat(payer.pay()).isEqualTo("paid");

    assertPaid(payer);
    assertThat(stepsOf(payer))
        .containsExactly(
            "RecordPayment SU", "UsePoints SU", "CompleteReservation SU", "CompletePayment SU");
  }

  @Test
  void aRefusedStepHasThoseBeforeItCompensated() {
    Payer payer = shop.latePayerWithPoints(POINTS);

    assertThat(payer.pay()).isEqualTo("reservation-expired");

    assertUndone(payer);
    assertThat(stepsOf(payer))
        .containsExactly(
            "RecordPayment SU",
            "UsePoints SU",
            "CompleteReservation FA",
            "RefundPoints SU",
            "CancelPayment SU");
    assertThat(followUps.of(payer)).isZero();
  }

  @Test
  void whatFollowsAPaymentIsStagedByItsLastStep() throws Exception {
    Payer payer = payer();

    // Without the shop, what is staged is not carried out and can be counted.
    assertThat(followUps.payAndKill(payer, "shop").get()).isEqualTo("paid");

    assertThat(payer.payment()).isEqualTo("COMPLETED");
    assertThat(followUps.of(payer)).isEqualTo(1);
  }

  @Test
  void nothingFollowsAPaymentWhoseLastStepWasInterrupted() throws Exception {
    Payer payer = payer();

    followUps.payAndKill(payer, "payment");

    eventually(() -> assertThat(system.database("payment").isDeserted()).isTrue());
    assertThat(followUps.of(payer)).isZero();

    system.process("payment").restart();

    eventually(() -> assertUndone(payer));
    assertThat(followUps.of(payer)).isZero();
  }

  /** The payment process dies when all steps are done and their success is not logged. */
  @Test
  void nobodyIsToldOfAPaymentThatMayYetBeUndone() throws Exception {
    Payer payer = payer();
    Database payment = system.database("payment");
    var log = new AtomicReference<Database.Lock>();
    followUps.payUntilStaging(
        payer,
        () ->
            log.set(
                payment.lock(
                    "protocol.seata_state_machine_inst", "business_key = " + idOf(payer))));
    try (Database.Lock unlogged = log.get()) {
      eventually(() -> assertThat(payer.payment()).isEqualTo("COMPLETED"));
      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(4))
          .until(() -> followUps.of(payer) == 1);
      assertThat(payer.pay()).isEqualTo("payment-in-progress");
      system.process("payment").kill();
      // PostgreSQL would still log the success that the dead process has asked it to log.
      payment.endConnectionsWhere("wait_event_type = 'Lock'");
    }
    system.process("payment").restart();

    eventually(() -> assertUndone(payer));
    eventually(() -> assertThat(followUps.of(payer)).isZero());
    String undone = payment.query("SELECT " + idOf(payer)).get(0);
    assertThat(system.database("partner").count("partner.sale", "payment_id = '" + undone + "'"))
        .isZero();
  }

  @Test
  void aKeyThatIsUsedManyTimesAtOncePaysOnceAndCancelsNothing() {
    Payer payer = payer();

    List<CompletableFuture<String>> answers =
        Stream.generate(payer::startPaying).limit(16).toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .contains("paid")
        .containsOnly("paid", "payment-in-progress");
    assertPaid(payer);
  }

  @Test
  void aStepWhoseEffectIsUnknownIsCompensated() throws Exception {
    Payer payer = payer();
    CompletableFuture<String> answer;
    try (var lock = stopAtReservation(payer)) {
      answer = payer.startPaying();
      awaitStopped();
      system.process("reservation").kill();
    }
    system.process("reservation").restart();

    assertThat(answer.get()).isEqualTo("service-unavailable");

    eventually(() -> assertUndone(payer));
  }

  @Test
  void whileAParticipantIsAwayNothingIsLeftToBeCompensatedLater() {
    Payer payer = payer();
    system.process("point").kill();

    assertThat(payer.pay()).isEqualTo("service-unavailable");

    assertThat(stepsOf(payer))
        .containsExactly("RecordPayment SU", "UsePoints FA", "CancelPayment SU");
    assertThat(unfinishedSagas()).isZero();
  }

  @Test
  void aCompensationIsRepeatedUntilItsParticipantIsBack() throws Exception {
    Payer payer = payer();
    CompletableFuture<String> answer;
    try (var lock = stopAtReservation(payer)) {
      answer = payer.startPaying();
      awaitStopped();
      system.process("point").kill();
      lock.change(
          "UPDATE reservation.reservation SET held_until = now() WHERE id = '%s'"
              .formatted(payer.reservation()));
    }

    assertThat(answer.get()).isEqualTo("service-unavailable");
    assertThat(payer.payment()).isEqualTo("FAILED");

    system.process("point").restart();

    eventually(() -> assertUndone(payer));
  }

  @Test
  void aPaymentProcessThatDiesBetweenTwoStepsCompensatesWhenItIsBack() throws Exception {
    Payer payer = payer();
    try (var lock = stopAtReservation(payer)) {
      payer.startPaying();
      awaitStopped();
      system.process("payment").kill();
    }
    assertThat(payer.balance()).isEqualTo(POINTS - Shop.PRICE);

    system.process("payment").restart();

    eventually(() -> assertUndone(payer));
    assertThat(payer.pay()).isEqualTo("payment-cancelled");
  }

  /** The server may have lost its data, or have ended a saga that the log did not know yet. */
  @Test
  void aSagaThatSeatasServerDoesNotKnowIsCompensatedAllTheSame() throws Exception {
    Payer payer = payer();
    try (var lock = stopAtReservation(payer)) {
      payer.startPaying();
      awaitStopped();
      system.process("payment").kill();
    }
    Database payment = system.database("payment");
    String forgotten = xidOf(payer);
    payment.query(
        "UPDATE protocol.seata_state_machine_inst SET id = 'unknown' WHERE id = '%s'"
            .formatted(forgotten));
    payment.query(
        "UPDATE protocol.seata_state_inst SET machine_inst_id = 'unknown' WHERE machine_inst_id = '%s'"
            .formatted(forgotten));

    system.process("payment").restart();

    eventually(() -> assertUndone(payer));
    eventually(() -> assertThat(unfinishedSagas()).isZero());
  }

  @Test
  void aCompensationThatIsInterruptedTwiceIsDoneTheThirdTime() throws Exception {
    Payer payer = payer();
    try (var reservation = stopAtReservation(payer)) {
      payer.startPaying();
      awaitStopped();
      try (var record =
          system.database("payment").lock("payment.payment", "id::text = " + idOf(payer))) {
        reservation.change(
            "UPDATE reservation.reservation SET held_until = now() WHERE id = '%s'"
                .formatted(payer.reservation()));
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

    eventually(() -> assertUndone(payer));
    eventually(() -> assertThat(unfinishedSagas()).isZero());
  }

  @Test
  void withoutSeatasServerThePaymentProcessStartsAndRefusesUntilItIsBack() {
    Payer tooEarly = payer();
    system.seataServer().kill();
    system.process("payment").restart();

    assertThat(tooEarly.pay()).isEqualTo("service-unavailable");
    assertUndone(tooEarly);

    system.seataServer().restart();

    eventually(() -> assertThat(payer().pay()).isEqualTo("paid"));
  }

  @Test
  void aSuccessThatSeatasServerWasNotToldOfStays() throws Exception {
    Payer payer = payer();
    CompletableFuture<String> answer;
    try (var lock = stopAtReservation(payer)) {
      answer = payer.startPaying();
      awaitStopped();
      system.seataServer().kill();
    }

    assertThat(answer.get()).isEqualTo("paid");

    system.seataServer().restart();

    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(9))
        .untilAsserted(() -> assertPaid(payer));
  }

  private Payer payer() {
    return shop.payerWithPoints(POINTS);
  }

  /** Stops a payment after its points were used, while its reservation is being completed. */
  private Database.Lock stopAtReservation(Payer payer) {
    return system
        .database("reservation")
        .lock("reservation.reservation", "id = '" + payer.reservation() + "'");
  }

  private void awaitStopped() {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(() -> system.database("reservation").isSomebodyWaiting());
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

  private String xidOf(Payer payer) {
    return system
        .database("payment")
        .query(
            "SELECT id FROM protocol.seata_state_machine_inst WHERE business_key = " + idOf(payer))
        .get(0);
  }

  private static String idOf(Payer payer) {
    return "(SELECT id::text FROM payment.payment WHERE idempotency_key = '%s')"
        .formatted(payer.key());
  }

  private long unfinishedSagas() {
    return system
        .database("payment")
        .count("protocol.seata_state_machine_inst", "is_running OR compensation_status <> 'SU'");
  }

  private List<String> stepsOf(Payer payer) {
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
                .formatted(payer.key()));
  }

  private static void assertPaid(Payer payer) {
    assertThat(payer.payment()).isEqualTo("COMPLETED");
    assertThat(payer.balance()).isEqualTo(POINTS - Shop.PRICE);
    assertThat(payer.reservationStatus()).isEqualTo(Status.CONFIRMED);
  }

  private static void assertUndone(Payer payer) {
    assertThat(payer.payment()).isEqualTo("FAILED");
    assertThat(payer.balance()).isEqualTo(POINTS);
    assertThat(payer.reservationStatus()).isIn(Status.HELD, Status.EXPIRED);
  }

  private static void eventually(Runnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion::run);
  }
}

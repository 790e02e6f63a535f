package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.tcc.PointTryApi.PointTry;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.Database;
import org.ticketing.verification.contract.FollowUps;
import org.ticketing.verification.contract.Metrics;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Customer;

@ExtendWith(TccSystem.class)
class TccPaymentIT {

  private static final long POINTS = 1000;
  private static final String OPEN = "status IN (1, 5)";

  private final RunningSystem system;
  private final Shop shop;
  private final FollowUps followUps;

  TccPaymentIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
    this.followUps = new FollowUps(system);
  }

  @Test
  void aPaymentIsConfirmedByAllThreeParticipants() {
    Purchase purchase = purchase();

    assertThat(purchase.pay()).isEqualTo("paid");

    assertPaid(purchase);
    assertNothingTried();
  }

  @Test
  void theMetricsOfTheProtocolAreThoseThatAreDocumented() {
    assertThat(purchase().pay()).isEqualTo("paid");

    new Metrics(system).assertThatThoseOfTheProtocolAreAsDocumented();
  }

  @Test
  void aRefusedTryHasTheOnesBeforeItReleased() {
    Purchase purchase = shop.latePurchaseWithPoints(POINTS);

    assertThat(purchase.pay()).isEqualTo("reservation-expired");

    assertThat(purchase.payment()).isEqualTo("FAILED");
    assertNothingUsed(purchase);
    assertNothingTried();
    assertThat(followUps.of(purchase)).isZero();
  }

  @Test
  void whatFollowsAPaymentIsStagedByItsConfirm() throws Exception {
    Purchase purchase = purchase();

    // Without the shop, what is staged is not carried out and can be counted.
    assertThat(followUps.payAndKill(purchase, "shop").get()).isEqualTo("paid");

    eventually(() -> assertThat(purchase.payment()).isEqualTo("COMPLETED"));
    assertThat(followUps.of(purchase)).isEqualTo(1);
  }

  @Test
  void whatFollowsAPaymentIsStagedByTheRepetitionOfAnInterruptedConfirm() throws Exception {
    Purchase purchase = purchase();

    followUps.payAndKill(purchase, "payment");

    eventually(() -> assertThat(system.database("payment").isDeserted()).isTrue());
    assertThat(purchase.payment()).isEqualTo("REQUESTED");
    assertThat(followUps.of(purchase)).isZero();

    system.process("shop").kill();
    system.process("payment").restart();

    eventually(() -> assertThat(purchase.payment()).isEqualTo("COMPLETED"));
    assertThat(followUps.of(purchase)).isEqualTo(1);
  }

  @Test
  void aTryWithoutXidIsRefused() {
    Customer customer = shop.customerWithPoints(POINTS);
    var call =
        system
            .asService("point")
            .build()
            .post()
            .uri("/protocol/tcc/point-tries")
            .contentType(MediaType.APPLICATION_JSON)
            .body(new PointTry(UUID.randomUUID(), customer.id(), 1));

    assertThatThrownBy(() -> call.retrieve().toBodilessEntity())
        .isInstanceOfSatisfying(
            HttpClientErrorException.class,
            refusal -> {
              assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
              assertThat(refusal.getResponseBodyAsString()).contains("xid-required");
            });
  }

  @Test
  void withoutSeatasServerNothingIsDoneUntilItIsBack() {
    Purchase tooEarly = purchase();
    system.seataServer().kill();

    assertThat(tooEarly.pay()).isEqualTo("service-unavailable");
    assertThat(tooEarly.payment()).isEqualTo("FAILED");
    assertNothingUsed(tooEarly);

    system.seataServer().restart();

    eventually(() -> assertThat(purchase().pay()).isEqualTo("paid"));
  }

  @Test
  void whatSeatasServerHadNotDecidedWhenItDiedIsCancelled() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      assertThat(purchase.reserved()).isEqualTo(Shop.PRICE);
      assertThat(system.system().unfinishedTransactions("seata")).isEqualTo(1);
      system.seataServer().kill();
    }

    assertThat(answer.get()).isEqualTo("outcome-unknown");
    assertThat(purchase.reservationStatus()).isEqualTo(Status.PAYING);

    system.seataServer().restart();

    eventually(() -> assertThat(purchase.payment()).isEqualTo("FAILED"));
    eventually(() -> assertNothingUsed(purchase));
    eventually(this::assertNothingTried);
    eventually(() -> assertThat(system.system().unfinishedTransactions("seata")).isZero());
  }

  @Test
  void whatSeatasServerHadNotDecidedWhenItLostItsStoreIsCancelled() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.seataServer().kill();
    }
    assertThat(answer.get()).isEqualTo("outcome-unknown");

    loseTheStoreOfSeatasServer();

    eventually(() -> assertThat(purchase.payment()).isEqualTo("FAILED"));
    eventually(() -> assertNothingUsed(purchase));
    eventually(this::assertNothingTried);
    assertThat(purchase.pay()).isEqualTo("payment-cancelled");
  }

  @Test
  void whatWasPaidWhenSeatasServerLostItsStoreIsConfirmedByTheOthers() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("point").kill();
    }
    assertThat(answer.get()).isEqualTo("paid");

    loseTheStoreOfSeatasServer();
    system.process("point").restart();

    eventually(() -> assertPaid(purchase));
    eventually(this::assertNothingTried);
  }

  @Test
  void whatOthersHadConfirmedWhenSeatasServerLostItsStoreIsCompleted() throws Exception {
    Purchase purchase = purchase();
    followUps.payUntilStaging(
        purchase,
        () -> {
          eventually(() -> assertThat(purchase.reservationStatus()).isEqualTo(Status.CONFIRMED));
          system.process("payment").kill();
          system.seataServer().kill();
        });
    eventually(() -> assertThat(system.database("payment").isDeserted()).isTrue());
    assertThat(purchase.payment()).isEqualTo("REQUESTED");

    loseTheStoreOfSeatasServer();
    system.process("payment").restart();

    eventually(() -> assertPaid(purchase));
    eventually(this::assertNothingTried);
    assertThat(purchase.pay()).isEqualTo("paid");
  }

  @Test
  void nobodyIsToldOfADecisionBeforeThePaymentIsRecordedAsCompleted() throws Exception {
    Purchase purchase = purchase();

    try (var lock = system.database("payment").lock("payment.follow_up")) {
      assertThat(purchase.pay()).isEqualTo("outcome-unknown");
    }

    eventually(() -> assertPaid(purchase));
    eventually(this::assertNothingTried);
  }

  @Test
  void aHalfWrittenRecordInTheStoreOfSeatasServerHidesNoLaterOne() throws Exception {
    system.seataServer().kill();
    writeHalfARecordOfSeatasServer();
    system.seataServer().restart();
    eventually(() -> assertThat(purchase().pay()).isEqualTo("paid"));

    Purchase purchase = purchase();
    try (var lock = purchase.stopAtReservation()) {
      purchase.startPaying();
      purchase.awaitStopped();
      system.seataServer().restart();
    }

    eventually(() -> assertThat(purchase.payment()).isEqualTo("FAILED"));
    eventually(() -> assertNothingUsed(purchase));
    eventually(this::assertNothingTried);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDecisionThatSeatasServerCannotWriteIsNotTaken() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      letSeatasServerWriteNothingMore();
    }

    assertThat(answer.get()).isEqualTo("outcome-unknown");
    assertThat(system.seataServer().isAlive()).isFalse();

    system.seataServer().restart();

    eventually(() -> assertThat(purchase.payment()).isEqualTo("FAILED"));
    eventually(() -> assertNothingUsed(purchase));
    eventually(this::assertNothingTried);
  }

  @Test
  void aParticipantThatDiedBeforeConfirmConfirmsWhenItIsBack() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("point").kill();
    }

    assertThat(answer.get()).isEqualTo("paid");

    system.process("point").restart();

    eventually(() -> assertPaid(purchase));
    eventually(this::assertNothingTried);
  }

  @Test
  void anOperatorSeesWhoKeepsADecidedPaymentFromItsEnd() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.process("point").kill();
    }
    assertThat(answer.get()).isEqualTo("paid");

    EngineView view = operator().find(idOf(purchase)).engine();

    assertThat(view.state()).isEqualTo(TransactionState.COMPLETING);
    assertThat(view.decision()).isEqualTo(Decision.COMPLETE);
    assertThat(view.error()).contains("point");
    assertThat(steer(Steering.UNDO, idOf(purchase)).refusal()).contains("the payment happens");

    system.process("point").restart();

    untilFinished(Steering.RETRY, idOf(purchase));
    eventually(() -> assertPaid(purchase));
    eventually(this::assertNothingTried);
  }

  /** Recovery is stopped first, so that it is the operator who ends the payment. */
  @Test
  void anOperatorEndsWhatSeatasServerHasLostWithItsStore() throws Exception {
    Purchase purchase = purchase();
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      system.seataServer().kill();
    }
    assertThat(answer.get()).isEqualTo("outcome-unknown");
    String id = idOf(purchase);
    assertThat(operator().find(id).engine().state()).isEqualTo(TransactionState.UNKNOWN);
    assertThat(steer(Steering.SUSPEND, id).finished()).isTrue();

    loseTheStoreOfSeatasServer();

    await()
        .during(Duration.ofSeconds(15))
        .atMost(Duration.ofSeconds(18))
        .until(() -> purchase.reservationStatus() == Status.PAYING);
    assertThat(steer(Steering.COMPLETE, id).isRefused()).isTrue();
    untilFinished(Steering.UNDO, id);

    assertThat(purchase.payment()).isEqualTo("FAILED");
    assertNothingUsed(purchase);
    assertNothingTried();
    assertThat(steer(Steering.COMPLETE, id).isRefused()).isTrue();
  }

  @Test
  void anOperatorReleasesPointsThatAPaymentHasReservedWhichNobodyKnows() {
    Customer customer = shop.customerWithPoints(POINTS);
    String payment = UUID.randomUUID().toString();
    String xid = "127.0.0.1:8091:" + System.nanoTime();
    Database point = system.database("point");
    point.query(
        "UPDATE wallet SET reserved = %d WHERE user_id = '%s'"
            .formatted(Shop.PRICE, customer.id()));
    point.query(
        """
        INSERT INTO point_reservation (payment_id, user_id, amount, status)
        VALUES ('%s', '%s', %d, 'RESERVED')"""
            .formatted(payment, customer.id(), Shop.PRICE));
    point.query(
        """
        INSERT INTO tcc_fence_log
          (xid, branch_id, action_name, status, gmt_create, gmt_modified)
        VALUES ('%s', 1, 'point %s', 1, now() - INTERVAL 1 MINUTE, now() - INTERVAL 1 MINUTE)"""
            .formatted(xid, payment));
    assertThat(customer.reserved()).isEqualTo(Shop.PRICE);

    assertThat(steer(Steering.COMPLETE, xid).isRefused()).isTrue();
    assertThat(steer(Steering.RELEASE, xid).finished()).isTrue();

    assertThat(customer.reserved()).isZero();
    assertThat(customer.balance()).isEqualTo(POINTS);
    assertNothingTried();
  }

  private Effect steer(Steering steering, String transaction) {
    var order = new SteeringOrder(steering, List.of(transaction), "for a test", false);
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

  private String idOf(Purchase purchase) {
    return system
        .database("payment")
        .query(
            "SELECT id FROM payment.payment WHERE idempotency_key = '%s'".formatted(purchase.key()))
        .get(0);
  }

  @Test
  void aPaymentProcessThatDiesInABurstLeavesNothingReserved() {
    Customer customer = shop.customerWithPoints(100 * Shop.PRICE);
    List<Purchase> burst =
        shop.reservationsOf(customer, 40).stream()
            .map(reservation -> new Purchase(system, customer, reservation))
            .toList();
    burst.forEach(Purchase::startPaying);
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> customer.reserved() > 0 || customer.balance() < 100 * Shop.PRICE);

    system.process("payment").kill();
    system.process("payment").restart();

    eventually(this::assertNothingTried);
    long completed =
        system.database("payment").count("payment.payment", ofUser(customer, "COMPLETED"));
    long confirmed =
        system
            .database("reservation")
            .count("reservation.reservation", ofUser(customer, "CONFIRMED"));
    assertThat(confirmed).isEqualTo(completed);
    assertThat(customer.balance()).isEqualTo((100 - completed) * Shop.PRICE);
    assertThat(customer.reserved()).isZero();
    assertThat(system.database("payment").count("payment.payment", ofUser(customer, "REQUESTED")))
        .isZero();
  }

  private static String ofUser(Customer customer, String status) {
    return "user_id = '" + customer.id() + "' AND status = '" + status + "'";
  }

  private Purchase purchase() {
    return shop.purchaseWithPoints(POINTS);
  }

  private void loseTheStoreOfSeatasServer() {
    system.stack().server("seata").restartEmpty();
  }

  private void writeHalfARecordOfSeatasServer() throws IOException {
    String records = "data/seata-server/sessions/" + system.seataServer().port() + "/root.data";
    byte[] half = ByteBuffer.allocate(100).putInt(200).array();
    Files.write(system.stack().directory().resolve(records), half, StandardOpenOption.APPEND);
  }

  private void letSeatasServerWriteNothingMore() throws IOException, InterruptedException {
    String pid = String.valueOf(system.seataServer().pid());
    assertThat(new ProcessBuilder("prlimit", "--pid", pid, "--fsize=0").start().waitFor()).isZero();
  }

  private static void assertPaid(Purchase purchase) {
    assertThat(purchase.payment()).isEqualTo("COMPLETED");
    assertThat(purchase.balance()).isEqualTo(POINTS - Shop.PRICE);
    assertThat(purchase.reserved()).isZero();
    assertThat(purchase.reservationStatus()).isEqualTo(Status.CONFIRMED);
  }

  private static void assertNothingUsed(Purchase purchase) {
    assertThat(purchase.balance()).isEqualTo(POINTS);
    assertThat(purchase.reserved()).isZero();
    assertThat(purchase.reservationStatus()).isIn(Status.HELD, Status.EXPIRED);
  }

  private void assertNothingTried() {
    assertThat(system.database("payment").count("protocol.tcc_fence_log", OPEN)).isZero();
    assertThat(system.database("reservation").count("protocol.tcc_fence_log", OPEN)).isZero();
    assertThat(system.database("point").count("tcc_fence_log", OPEN)).isZero();
  }

  private static void eventually(Runnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion::run);
  }
}

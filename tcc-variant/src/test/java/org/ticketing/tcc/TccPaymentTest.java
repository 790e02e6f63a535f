package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.ticketing.platform.ServiceSecretFilter;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.tcc.PointTrialApi.PointTrial;

@ExtendWith(RunningSystem.Parameter.class)
class TccPaymentTest {

  private static final long POINTS = 1000;

  private final RunningSystem system;
  private final Shop shop;

  TccPaymentTest(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
  }

  @AfterEach
  void restartTheDead() {
    system.restartTheDead();
  }

  @Test
  void aPaymentIsConfirmedByAllThreeParticipants() {
    Payer payer = payer();

    assertThat(payer.pay()).isEqualTo("paid");

    assertPaid(payer);
    assertNothingTried();
  }

  @Test
  void aRefusalOfTheSecondTryReleasesTheFirst() {
    UUID user = shop.userWithPoints(POINTS);
    ReservationView reservation = shop.shortReservationOf(user);
    Payer payer = new Payer(system, user, reservation.id());
    await().until(() -> Instant.now().isAfter(reservation.heldUntil()));

    assertThat(payer.pay()).isEqualTo("reservation-expired");

    assertThat(payer.payment()).isEqualTo("FAILED");
    assertNothingUsed(payer);
    assertNothingTried();
  }

  @Test
  void aTryWithoutXidIsRefused() {
    UUID user = shop.userWithPoints(POINTS);
    var call =
        RestClient.builder()
            .baseUrl(system.system().url("point"))
            .defaultHeader(ServiceSecretFilter.HEADER, RunningSystem.SECRET)
            .build()
            .post()
            .uri("/protocol/tcc/point-holds")
            .contentType(MediaType.APPLICATION_JSON)
            .body(new PointTrial(UUID.randomUUID(), user, 1));

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
    Payer tooEarly = payer();
    system.seataServer().kill();

    assertThat(tooEarly.pay()).isEqualTo("service-unavailable");
    assertThat(tooEarly.payment()).isEqualTo("FAILED");
    assertNothingUsed(tooEarly);

    system.seataServer().restart();

    eventually(() -> assertThat(payer().pay()).isEqualTo("paid"));
  }

  @Test
  void whatSeatasServerHadNotDecidedWhenItDiedIsReleased() throws Exception {
    Payer payer = payer();
    CompletableFuture<String> answer;
    try (var lock = stopAtReservation(payer)) {
      answer = payer.startPaying();
      awaitStopped();
      assertThat(payer.held()).isEqualTo(Shop.PRICE);
      system.seataServer().kill();
    }

    assertThat(answer.get()).isEqualTo("outcome-unknown");
    assertThat(payer.reservationStatus()).isEqualTo(Status.PAYING);

    system.seataServer().restart();

    eventually(() -> assertThat(payer.payment()).isEqualTo("FAILED"));
    eventually(() -> assertNothingUsed(payer));
    eventually(this::assertNothingTried);
  }

  @Test
  void aParticipantThatDiedBeforeConfirmConfirmsWhenItIsBack() throws Exception {
    Payer payer = payer();
    CompletableFuture<String> answer;
    try (var lock = stopAtReservation(payer)) {
      answer = payer.startPaying();
      awaitStopped();
      system.process("point").kill();
    }

    assertThat(answer.get()).isEqualTo("paid");

    system.process("point").restart();

    eventually(() -> assertPaid(payer));
    eventually(this::assertNothingTried);
  }

  @Test
  void aPaymentProcessThatDiesInABurstLeavesNothingHeld() {
    UUID user = shop.userWithPoints(100 * Shop.PRICE);
    List<Payer> burst =
        shop.reservationsOf(user, 40, null).stream()
            .map(reservation -> new Payer(system, user, reservation.id()))
            .toList();
    burst.forEach(Payer::startPaying);
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> burst.get(0).held() > 0 || burst.get(0).balance() < 100 * Shop.PRICE);

    system.process("payment").kill();
    system.process("payment").restart();

    eventually(this::assertNothingTried);
    long completed = system.database("payment").count("payment.payment", ofUser(user, "COMPLETED"));
    long confirmed =
        system.database("reservation").count("reservation.reservation", ofUser(user, "CONFIRMED"));
    assertThat(confirmed).isEqualTo(completed);
    assertThat(burst.get(0).balance()).isEqualTo((100 - completed) * Shop.PRICE);
    assertThat(burst.get(0).held()).isZero();
    assertThat(system.database("payment").count("payment.payment", ofUser(user, "REQUESTED")))
        .isZero();
  }

  private static String ofUser(UUID user, String status) {
    return "user_id = '" + user + "' AND status = '" + status + "'";
  }

  private Payer payer() {
    UUID user = shop.userWithPoints(POINTS);
    return new Payer(system, user, shop.reservationOf(user));
  }

  /** The payment and the points are tried then, the reservation is being tried. */
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

  private static void assertPaid(Payer payer) {
    assertThat(payer.payment()).isEqualTo("COMPLETED");
    assertThat(payer.balance()).isEqualTo(POINTS - Shop.PRICE);
    assertThat(payer.held()).isZero();
    assertThat(payer.reservationStatus()).isEqualTo(Status.CONFIRMED);
  }

  private static void assertNothingUsed(Payer payer) {
    assertThat(payer.balance()).isEqualTo(POINTS);
    assertThat(payer.held()).isZero();
    assertThat(payer.reservationStatus()).isIn(Status.HELD, Status.EXPIRED);
  }

  private void assertNothingTried() {
    assertThat(system.database("payment").count("protocol.tcc_fence_log", "status = 1")).isZero();
    assertThat(system.database("reservation").count("protocol.tcc_fence_log", "status = 1"))
        .isZero();
    assertThat(system.database("point").count("tcc_fence_log", "status = 1")).isZero();
  }

  private static void eventually(Runnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion::run);
  }
}

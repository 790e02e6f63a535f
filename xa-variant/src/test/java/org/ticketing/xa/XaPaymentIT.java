package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClientException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.verification.contract.FollowUps;
import org.ticketing.verification.contract.Metrics;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Customer;

/** Whole payments, and what remains of them when a process dies. */
@ExtendWith(XaSystem.class)
class XaPaymentIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CLIENTS = 4;

  private final RunningSystem system;
  private final Shop shop;
  private final FollowUps followUps;

  XaPaymentIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
    this.followUps = new FollowUps(system);
  }

  @Test
  void paymentIsMadeInAllDatabasesAndLeavesNothingInDoubt() {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);

    assertThat(purchase.pay()).isEqualTo("paid");

    assertEverywhereTheSame(purchase.customer());
    assertThat(completed(purchase.customer())).hasSize(1);
  }

  @Test
  void theMetricsOfTheProtocolAreThoseThatAreDocumented() {
    assertThat(shop.purchaseWithPoints(Shop.PRICE).pay()).isEqualTo("paid");

    new Metrics(system).assertThatThoseOfTheProtocolAreAsDocumented();
  }

  @Test
  void refusedPaymentIsMadeInNone() {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE - 1);

    assertThat(purchase.pay()).isEqualTo("insufficient-points");

    assertEverywhereTheSame(purchase.customer());
    assertThat(completed(purchase.customer())).isEmpty();
    assertThat(followUps.withoutPayment()).isZero();
  }

  @Test
  void whatFollowsAPaymentIsStagedInItsBranch() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);

    // While the shop is down, what follows stays in the database of the payment.
    assertThat(followUps.payAndKill(purchase, "shop").get()).isEqualTo("paid");

    assertThat(followUps.of(purchase)).isEqualTo(1);
  }

  @Test
  void nothingFollowsAPaymentWhoseBranchWasNeverPrepared() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);

    followUps.payAndKill(purchase, "payment");

    await().atMost(SOON).until(system.database("payment")::isDeserted);
    assertThat(purchase.payment()).isEqualTo("none");
    assertThat(followUps.withoutPayment()).isZero();
  }

  /** What has the key may still be committed; "service-unavailable" would report a failure. */
  @Test
  void askingAgainWhileTheFirstAttemptIsInDoubtReportsNoFailure() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    try (Connection inDoubt = system.system().database("payment").connect()) {
      inDoubt.setAutoCommit(false);
      inDoubt
          .createStatement()
          .execute(
              """
              INSERT INTO payment.payment
              VALUES ('%s', '%s', '%s', '%s', %s, 'REQUESTED', NULL, NULL, now(), NULL)"""
                  .formatted(
                      UUID.randomUUID(),
                      purchase.key(),
                      purchase.customer().id(),
                      purchase.reservation(),
                      Shop.PRICE));

      assertThat(purchase.pay()).isEqualTo("outcome-unknown");
    }

    assertThat(purchase.pay()).isEqualTo("paid");
  }

  /** The payment's own database is used before and after those of the others. */
  @Test
  void paymentWhoseConnectionBreaksInBetweenIsMadeInNone() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      String hasRecordedIt =
          "pid IN (SELECT pid FROM pg_locks WHERE relation = 'payment.payment'::regclass)";
      assertThat(system.database("payment").endConnectionsWhere(hasRecordedIt)).isEqualTo(1);
    }

    assertThat(answer.get()).isEqualTo("outcome-unknown");
    assertEverywhereTheSame(purchase.customer());
    assertThat(completed(purchase.customer())).isEmpty();
    assertThat(purchase.pay()).isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "point", "reservation"})
  void processKilledAmidPaymentsLeavesNoHalfPayment(String service) {
    Customer customer = shop.customerWithPoints(1000 * Shop.PRICE);
    List<UUID> reservations = shop.reservationsOf(customer, 60);
    StackProcess killed = system.process(service);
    var answers = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<Void>> payments = new ArrayList<>();
      for (UUID reservation : reservations) {
        payments.add(
            CompletableFuture.runAsync(() -> payWhateverHappens(customer, reservation), clients)
                .thenRun(answers::incrementAndGet));
      }
      await().atMost(SOON).until(() -> answers.get() >= reservations.size() / 4);
      killed.restart();
      payments.forEach(CompletableFuture::join);
    } finally {
      clients.shutdownNow();
    }

    await().atMost(SOON).untilAsserted(() -> assertEverywhereTheSame(customer));
    assertThat(completed(customer)).isNotEmpty();
  }

  @Test
  void processThatIsToldToStopEndsInTimeThoughAParticipantIsSilent() throws Exception {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);
    StackProcess payment = system.process("payment");
    StackProcess silent = system.process("reservation");
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      silent.pause();
    }

    try {
      payment.expectEnd();
      ProcessHandle.of(payment.pid()).orElseThrow().destroy();
      // Then Docker would kill it.
      assertThat(payment.awaitEnd(Duration.ofSeconds(10))).isTrue();
    } finally {
      silent.resume();
    }

    assertThat(answer.get()).isNotEqualTo("paid");
    await().atMost(SOON).untilAsserted(() -> assertThat(purchase.balance()).isEqualTo(Shop.PRICE));
    payment.restart();
    await().atMost(SOON).untilAsserted(() -> assertEverywhereTheSame(purchase.customer()));
  }

  private void assertEverywhereTheSame(Customer customer) {
    assertThat(inDoubt()).isEmpty();
    assertThat(paidPoints(customer)).isEqualTo(completed(customer));
    assertThat(paidReservations(customer)).isEqualTo(completed(customer));
  }

  private void payWhateverHappens(Customer customer, UUID reservation) {
    try {
      new Purchase(system, customer, reservation).pay();
    } catch (RestClientException noAnswer) {
      // The databases tell what became of the payment.
    }
  }

  private Set<String> completed(Customer customer) {
    return payments(
        "payment",
        "SELECT id FROM payment.payment WHERE status = 'COMPLETED' AND user_id = ",
        customer);
  }

  private Set<String> paidPoints(Customer customer) {
    return payments(
        "point", "SELECT payment_id FROM point_entry WHERE kind = 'USE' AND user_id = ", customer);
  }

  private Set<String> paidReservations(Customer customer) {
    return payments(
        "reservation",
        "SELECT payment_id FROM reservation.reservation WHERE status = 'CONFIRMED' AND user_id = ",
        customer);
  }

  private Set<String> payments(String service, String sql, Customer customer) {
    return Set.copyOf(system.database(service).query(sql + "'" + customer.id() + "'"));
  }

  private List<String> inDoubt() {
    List<String> branches = new ArrayList<>();
    branches.addAll(system.database("payment").query("SELECT gid FROM pg_prepared_xacts"));
    branches.addAll(system.database("point").query("XA RECOVER"));
    return branches;
  }
}

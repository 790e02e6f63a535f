package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import org.springframework.web.client.HttpClientErrorException.Conflict;
import org.springframework.web.client.RestClientException;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.stack.StackProcess;

/** Whole payments, and what is left of them when a process dies. */
@ExtendWith(RunningSystem.Parameter.class)
class PaymentsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CLIENTS = 4;

  private final RunningSystem system;
  private final Shop shop;

  PaymentsTest(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
  }

  @Test
  void paymentIsMadeInAllDatabasesAndLeavesNothingInDoubt() {
    UUID user = shop.userWithPoints(Shop.PRICE);

    UUID payment = pay(user, shop.reservationOf(user));

    assertEverywhereTheSame(user);
    assertThat(completed(user)).containsExactly(payment.toString());
  }

  @Test
  void refusedPaymentIsMadeInNone() {
    UUID user = shop.userWithPoints(Shop.PRICE - 1);
    UUID reservation = shop.reservationOf(user);

    assertThatThrownBy(() -> pay(user, reservation)).isInstanceOf(Conflict.class);

    assertEverywhereTheSame(user);
    assertThat(completed(user)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "point", "reservation"})
  void processKilledAmidPaymentsLeavesNoHalfPayment(String service) {
    UUID user = shop.userWithPoints(1000 * Shop.PRICE);
    List<UUID> reservations = shop.reservationsOf(user, 60);
    StackProcess victim = system.process(service);
    var answers = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<Void>> payments = new ArrayList<>();
      for (UUID reservation : reservations) {
        payments.add(
            CompletableFuture.runAsync(() -> payWhateverHappens(user, reservation), clients)
                .thenRun(answers::incrementAndGet));
      }
      await().atMost(SOON).until(() -> answers.get() >= reservations.size() / 4);
      victim.restart();
      payments.forEach(CompletableFuture::join);
    } finally {
      clients.shutdownNow();
    }

    await().atMost(SOON).untilAsserted(() -> assertEverywhereTheSame(user));
    assertThat(completed(user)).isNotEmpty();
  }

  private void assertEverywhereTheSame(UUID user) {
    assertThat(inDoubt()).isEmpty();
    assertThat(paidPoints(user)).isEqualTo(completed(user));
    assertThat(paidReservations(user)).isEqualTo(completed(user));
  }

  private UUID pay(UUID user, UUID reservation) {
    return system
        .client("payment", PaymentApi.class)
        .pay(UUID.randomUUID().toString(), new PaymentRequest(user, reservation))
        .paymentId();
  }

  private void payWhateverHappens(UUID user, UUID reservation) {
    try {
      pay(user, reservation);
    } catch (RestClientException unanswered) {
      // what became of it is asked of the databases
    }
  }

  private Set<String> completed(UUID user) {
    return payments(
        "payment",
        "SELECT id FROM payment.payment WHERE status = 'COMPLETED' AND user_id = ",
        user);
  }

  private Set<String> paidPoints(UUID user) {
    return payments(
        "point", "SELECT payment_id FROM point_entry WHERE kind = 'USE' AND user_id = ", user);
  }

  private Set<String> paidReservations(UUID user) {
    return payments(
        "reservation",
        "SELECT payment_id FROM reservation.reservation WHERE status = 'CONFIRMED' AND user_id = ",
        user);
  }

  private Set<String> payments(String service, String sql, UUID user) {
    return Set.copyOf(system.database(service).query(sql + "'" + user + "'"));
  }

  private List<String> inDoubt() {
    List<String> branches = new ArrayList<>();
    branches.addAll(system.database("payment").query("SELECT gid FROM pg_prepared_xacts"));
    branches.addAll(system.database("point").query("XA RECOVER"));
    return branches;
  }
}

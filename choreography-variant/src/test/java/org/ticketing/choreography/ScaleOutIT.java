package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.RestClientException;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SharedAddresses;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.testing.Database;
import org.ticketing.testing.TestSettings;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Connections;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PublicApis;

/**
 * Two instances of each process that takes part in payments, behind one address each, which leads
 * every connection to either. Events come to one of them, and the last one of a payment as often as
 * not to the instance whose customer does not wait.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ScaleOutIT {

  private static final List<String> SCALED = List.of("payment", "point", "reservation");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CLIENTS = 4;
  private static final int PAYMENTS = 24;

  private final SharedAddresses addresses = new SharedAddresses(SCALED);
  private final Map<String, List<StackProcess>> instances = new HashMap<>();
  private LocalStack stack;
  private RunningSystem system;
  private Shop shop;

  @BeforeAll
  void start() {
    stack = LocalStack.start(StackOptions.forSystems(Systems.named("choreography")));
    TicketingSystem started =
        stack.start(
            Systems.named("choreography"),
            SystemOptions.NONE
                .withProperties(TestSettings.ALL)
                .withProperties(Map.of("ticketing.choreography.payment-timeout", "8s"))
                .withDetours(addresses));
    for (String process : SCALED) {
      StackProcess second = started.startAnother(process);
      addresses.add(process, second);
      instances.put(process, List.of(started.process(process), second));
    }
    PublicApis visitor =
        PublicApis.at(
            service -> SCALED.contains(service) ? addresses.url(service) : started.url(service),
            Connections.ofApis());
    system =
        new RunningSystem(
            stack,
            started,
            visitor,
            visitor.as(SystemKeys.OPERATOR, stack.keys().operatorPassword()));
    shop = new Shop(system);
  }

  @AfterEach
  void restartTheDead() {
    instances.values().stream()
        .flatMap(List::stream)
        .filter(process -> !process.isAlive())
        .forEach(StackProcess::restart);
  }

  @AfterAll
  void stop() {
    if (stack != null) {
      stack.close();
    }
    addresses.close();
  }

  @Test
  void everyPaymentIsMadeWhicheverInstancesItMeets() throws InterruptedException {
    payOften(() -> {});

    List<String> answers = payOften(() -> {});

    assertThat(answers).hasSize(PAYMENTS).containsOnly("paid");
    assertNothingIsBroken();
  }

  @ParameterizedTest
  @CsvSource({
    "payment, 0",
    "payment, 1",
    "point, 0",
    "point, 1",
    "reservation, 0",
    "reservation, 1"
  })
  void instanceThatDiesAmidPaymentsBreaksNothing(String process, int number)
      throws InterruptedException {
    payOften(instances.get(process).get(number)::kill);

    // The other goes on.
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(RestClientException.class)
        .until(() -> pay(shop.customerWithPoints(Shop.PRICE)).equals("paid"));
    restartTheDead();
    assertNothingIsBroken();
  }

  /** Some of the customers wait at the instance that dies. */
  @Test
  void paymentsWhoseProcessHasDiedAreCancelledByTheOther() throws Exception {
    List<Purchase> purchases =
        Stream.generate(() -> shop.purchaseWithPoints(Shop.PRICE)).limit(6).toList();
    List<Database.Lock> locks = purchases.stream().map(Purchase::stopAtReservation).toList();
    try {
      purchases.forEach(Purchase::startPaying);
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(purchases).allMatch(one -> one.balance() == 0));
      instances.get("payment").get(0).kill();

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(purchases).allMatch(one -> one.payment().equals("FAILED")));
    } finally {
      for (Database.Lock lock : locks) {
        lock.close();
      }
    }
    restartTheDead();
    assertNothingIsBroken();
    assertThat(purchases).allMatch(one -> one.balance() == Shop.PRICE);
  }

  /**
   * Has several customers pay at the same time.
   *
   * @param meanwhile is done once some have their answers
   * @return the answers of all
   */
  private List<String> payOften(Runnable meanwhile) {
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      customers.add(shop.customerWithPoints(PAYMENTS * Shop.PRICE));
    }
    var answered = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<String>> payments = new ArrayList<>();
      for (int i = 0; i < PAYMENTS; i++) {
        Customer customer = customers.get(i % CLIENTS);
        payments.add(
            CompletableFuture.supplyAsync(() -> pay(customer), clients)
                .whenComplete((answer, failure) -> answered.incrementAndGet()));
      }
      await().atMost(SOON).until(() -> answered.get() >= PAYMENTS / 4);
      meanwhile.run();
      return payments.stream().map(CompletableFuture::join).toList();
    } finally {
      clients.shutdownNow();
    }
  }

  /** Returns "paid", or why not. */
  private String pay(Customer customer) {
    try {
      return new Purchase(system, customer, shop.reservationOf(customer)).pay();
    } catch (RestClientException noReservation) {
      return noReservation.toString();
    }
  }

  private void assertNothingIsBroken() throws InterruptedException {
    AuditReport report = new Audit(SystemDatabases.of(system.system())).afterSettling(SOON);
    assertThat(report.violations()).isEmpty();
    assertThat(report.inDoubt()).isEmpty();
  }
}

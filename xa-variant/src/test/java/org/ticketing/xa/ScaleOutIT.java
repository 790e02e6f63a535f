package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
import org.ticketing.testing.TestSettings;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.contract.AsynchronousRequests;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Connections;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PublicApis;
import org.ticketing.xa.Participant.Work;

/**
 * Two instances of each process that takes part in payments, behind one address each, which leads
 * every connection to either.
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
    stack = LocalStack.start(StackOptions.forSystems(Systems.named("xa")));
    TicketingSystem started =
        stack.start(
            Systems.named("xa"),
            SystemOptions.NONE
                .withProperties(TestSettings.ALL)
                .withProperties(
                    Map.of(
                        "ticketing.xa.coordinator.name", "scaled-*",
                        "ticketing.xa.coordinator.transaction-timeout", "5s",
                        "ticketing.xa.coordinator.take-over.interval", "1s",
                        "ticketing.xa.coordinator.take-over.absence", "15s",
                        "ticketing.xa.participant.idle-timeout", "5s"))
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

  @Test
  void whatAnInstanceHasAcceptedAndNotMadeIsMadeByTheOther() throws InterruptedException {
    Map<UUID, AsynchronousRequests> accepted = new HashMap<>();
    List<Customer> customers =
        Stream.generate(() -> shop.customerWithPoints(Shop.PRICE)).limit(PAYMENTS).toList();
    Map<Customer, UUID> reservations = new HashMap<>();
    customers.forEach(customer -> reservations.put(customer, shop.reservationOf(customer)));
    StackProcess dead = instances.get("payment").get(0);
    instances.get("reservation").forEach(StackProcess::pause);
    try {
      for (Customer customer : customers) {
        var requests = new AsynchronousRequests(customer);
        accepted.put(requests.accepted(reservations.get(customer)), requests);
      }
      await()
          .atMost(SOON)
          .until(
              () ->
                  system
                      .database("payment")
                      .query(
                          "SELECT DISTINCT worker FROM payment.accepted_payment WHERE ended_at IS NULL")
                      .stream()
                      .filter(Objects::nonNull)
                      .count(),
              taking -> taking == 2);
      dead.kill();
    } finally {
      instances.get("reservation").forEach(StackProcess::resume);
    }

    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                accepted.forEach(
                    (payment, requests) ->
                        assertThat(requests.statusOf(payment)).isEqualTo("COMPLETED")));
    assertThat(dead.isAlive()).isFalse();
    restartTheDead();
    assertNothingIsBroken();
  }

  @Test
  void whatACoordinatorHasLeftThatDoesNotComeBackIsFinishedByTheOther()
      throws InterruptedException {
    StackProcess gone = instances.get("payment").get(1);
    payOften(gone::kill);
    String absent =
        await().atMost(SOON).until(this::absentCoordinators, found -> !found.isEmpty()).get(0);
    Work decided = Participant.POINT.work(system);
    Work undecided = Participant.RESERVATION.work(system);
    system
        .database("payment")
        .query(
            """
            INSERT INTO protocol.decision
            SELECT 'decided', number, epoch, true, now() FROM protocol.coordinator
            WHERE name || '/' || identity = '%s'"""
                .formatted(absent));
    prepare(Participant.POINT, decided, absent, "decided");
    prepare(Participant.RESERVATION, undecided, absent, "undecided");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(decided.isDone()).isTrue();
              assertThat(undecided.keepsOthersWaiting()).isFalse();
              assertThat(undecided.isDone()).isFalse();
              assertThat(inDoubt()).isEmpty();
            });
    assertThat(gone.isAlive()).isFalse();
  }

  private List<String> absentCoordinators() {
    return system
        .database("payment")
        .query(
            """
            SELECT name || '/' || identity FROM protocol.coordinator
            WHERE number NOT IN (
              SELECT objid::int FROM pg_locks
              WHERE locktype = 'advisory' AND classid = 'protocol.coordinator'::regclass)""");
  }

  private void prepare(Participant participant, Work work, String coordinator, String transaction) {
    var branch = new BranchXid(1, hex(transaction), hex(coordinator + "/1"));
    work.start(branch);
    participant.branches(system).prepare(branch);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
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
    await().atMost(SOON).until(() -> inDoubt().isEmpty());
    AuditReport report = new Audit(SystemDatabases.of(system.system())).afterSettling(SOON);
    assertThat(report.violations()).isEmpty();
    assertThat(report.inDoubt()).isEmpty();
  }

  private List<String> inDoubt() {
    List<String> branches = new ArrayList<>();
    branches.addAll(system.database("payment").query("SELECT gid FROM pg_prepared_xacts"));
    branches.addAll(system.database("point").query("XA RECOVER"));
    return branches;
  }
}

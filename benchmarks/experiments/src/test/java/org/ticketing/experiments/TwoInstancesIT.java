package org.ticketing.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.queue.QueueApi.TokenView;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.testing.Database;
import org.ticketing.verification.audit.Audit;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.AtOnce;
import org.ticketing.workload.Connections;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedConcert;
import org.ticketing.workload.PlannedConcert.Sale;
import org.ticketing.workload.PublicApis;

/**
 * Payment, reservation and the shop (with the queue and the partners) run twice; customers queue,
 * reserve and pay at either; in the middle one instance of each dies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int CUSTOMERS = 40;
  private static final int PRICE = 100;
  private static final int CEILING = 10;

  private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
  private LocalStack stack;
  private TicketingSystem system;
  private List<UnaryOperator<String>> instances;
  private List<StackProcess> second;
  private HttpServer partner;

  @BeforeAll
  void start() throws IOException {
    stack = LocalStack.start(StackOptions.forSystems(Systems.named("xa")));
    system =
        stack.start(
            Systems.named("xa"),
            SystemOptions.NONE.withProperties(
                Map.of(
                    "ticketing.queue.enforced", "true",
                    "ticketing.queue.interval", "1s",
                    "ticketing.queue.admissions", "5",
                    "ticketing.queue.ceiling", String.valueOf(CEILING),
                    "ticketing.user.password-hash-memory", "1024")));
    second = List.of("payment", "reservation", "shop").stream().map(system::startAnother).toList();
    Map<String, StackProcess> others =
        Map.of(
            "payment", second.get(0),
            "reservation", second.get(1),
            "queue", second.get(2),
            "partner", second.get(2));
    instances =
        List.of(
            system::url,
            service ->
                others.containsKey(service) ? others.get(service).url() : system.url(service));
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    partner.createContext(
        "/",
        exchange -> {
          told.add(Long.valueOf(exchange.getRequestHeaders().getFirst("Ticketing-Sale")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    partner.start();
  }

  @AfterAll
  void stop() {
    if (partner != null) {
      partner.stop(0);
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void anInstanceThatDiesCostsNoSeatNoPaymentAndNoDelivery() throws Exception {
    List<PublicApis> visitors =
        instances.stream().map(urls -> PublicApis.at(urls, Connections.ofApis())).toList();
    PublicApis operator = visitors.get(0).as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    Sale sale = PlannedConcert.by(operator).sale("Hall", CUSTOMERS / 2, PRICE);
    String url = "http://127.0.0.1:" + partner.getAddress().getPort() + "/";
    UUID partnerId =
        operator
            .partners()
            .register(new PartnerDetails("Told", URI.create(url), "sixteen characters"))
            .id();

    AtomicInteger bought = new AtomicInteger();
    List<Callable<Boolean>> purchases =
        IntStream.range(0, CUSTOMERS)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      boolean success =
                          buy(
                              List.of(visitors.get(i % 2), visitors.get(0)),
                              sale.schedule(),
                              sale.seats().get(i / 2));
                      if (success) {
                        bought.incrementAndGet();
                      }
                      return success;
                    })
            .toList();
    FutureTask<List<Boolean>> burst = new FutureTask<>(() -> AtOnce.run(8, purchases));
    new Thread(burst, "burst").start();
    Awaitility.await().atMost(PATIENCE).until(() -> bought.get() >= 4);
    second.forEach(StackProcess::kill);
    burst.get();
    // What a coordinator has decided stands in its own log; the other two are not needed again.
    second.get(0).restart();

    AuditReport settled = new Audit(SystemDatabases.of(system)).afterSettling(PATIENCE);
    assertThat(settled.violations()).isEmpty();
    List<String> completed =
        new Database(system.database("payment"))
            .query("SELECT id FROM payment.payment WHERE status = 'COMPLETED'");
    assertThat(completed).hasSizeGreaterThanOrEqualTo(bought.get()).hasSizeLessThanOrEqualTo(20);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(new HashSet<>(told)).hasSameSizeAs(completed));
    assertThat(inOrderBesidesRepeats(told)).isTrue();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.partners().find(partnerId).pending()).isZero());
    // Told after the partners, and so by another instance if the one that told them died between.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        new Database(system.database("queue"))
                            .query("SELECT count(*) FROM queue.queue_token WHERE status = 'USED'"))
                    .containsExactly(String.valueOf(completed.size())));
  }

  /**
   * Buys as a customer does: where one instance does not answer, or not any more, at the other.
   *
   * @return whether there is a receipt
   */
  private static boolean buy(List<PublicApis> instances, UUID schedule, UUID seat)
      throws Exception {
    Customer customer = Customer.register(instances.get(1), PRICE);
    List<PublicApis> signedIn =
        instances.stream().map(apis -> apis.as(customer.apis()::token)).toList();
    UUID token = atEither(signedIn, apis -> apis.queue().take(new TokenRequest(schedule))).id();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              TokenView view = atEither(signedIn, apis -> apis.queue().find(token));
              return view.status() == Status.ACTIVE;
            });
    UUID reservation;
    try {
      reservation =
          atEither(
                  signedIn, apis -> apis.reservations().reserve(new ReservationRequest(seat, null)))
              .id();
    } catch (RestClientException refused) {
      // two customers want each seat, and a reservation made by a dying instance holds it for a
      // while
      signedIn.get(1).queue().leave(token);
      return false;
    }
    String key = UUID.randomUUID().toString();
    try {
      return atEither(signedIn, apis -> apis.payments().pay(key, new PaymentRequest(reservation)))
          != null;
    } catch (RestClientException notKnown) {
      // a dying instance may have decided it, and its restart completes it: the place is kept
      return false;
    }
  }

  private interface Call<T> {
    T on(PublicApis apis);
  }

  private static <T> T atEither(List<PublicApis> instances, Call<T> call) {
    try {
      return call.on(instances.get(0));
    } catch (ResourceAccessException noAnswer) {
      return call.on(instances.get(1));
    }
  }

  /** A repeat is one that was told before; everything else comes in rising order. */
  private static boolean inOrderBesidesRepeats(List<Long> numbers) {
    Set<Long> seen = new HashSet<>();
    long last = 0;
    for (long number : numbers) {
      if (seen.add(number)) {
        if (number < last) {
          return false;
        }
        last = number;
      }
    }
    return true;
  }
}

package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.verification.contract.Shop.PRICE;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ticketing.workload.AtOnce;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedConcert.Sale;

/**
 * What payments promise that are accepted first and made later: a part of {@link PaymentContract},
 * which is the promise of all payments.
 *
 * <p>What is accepted is made once, with the id and the key that it was accepted with, whatever
 * becomes of the client and of the process. Payments of a user are made in the order in which they
 * were accepted.
 */
abstract class AsynchronousPaymentContract {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ASYNC = "respond-async";
  private static final String REPLAYED = "Idempotency-Replayed";

  abstract TestedSystem system();

  abstract Shop shop();

  abstract void assertSettlesClean() throws InterruptedException;

  /** Whether the system reaches an endpoint on this machine's loopback interface. */
  protected boolean reachesThisMachine() {
    return true;
  }

  @Test
  void anAcceptedPaymentIsMadeAsAnyOther() throws Exception {
    Customer customer = shop().customerWithPoints(3 * PRICE);
    UUID reservation = shop().reservationOf(customer);
    var requests = new AsynchronousRequests(customer);

    HttpResponse<String> accepted = requests.pay("once", reservation, ASYNC);

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(header(accepted, "Preference-Applied")).isEqualTo(ASYNC);
    assertThat(header(accepted, "Retry-After")).isEqualTo("1");
    UUID payment = AsynchronousRequests.idIn(accepted);
    awaitEnd(requests, payment);
    assertThat(requests.statusOf(payment)).isEqualTo("COMPLETED");
    String tag = header(requests.get(payment, null), "ETag");
    assertThat(requests.get(payment, tag).statusCode()).isEqualTo(304);
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(2 * PRICE);

    HttpResponse<String> again = requests.pay("once", reservation, null);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).contains(payment.toString());
    assertThat(header(again, REPLAYED)).isEqualTo("true");
    UUID another = shop().reservationOf(customer);
    assertThat(requests.pay("once", another, ASYNC).statusCode()).isEqualTo(422);
    assertSettlesClean();
  }

  @Test
  void whoWaitsForAnAcceptedPaymentIsToldItsEnd() throws Exception {
    Customer customer = shop().customerWithPoints(PRICE);
    UUID reservation = shop().reservationOf(customer);
    UUID tooDear = shop().reservationOf(customer);
    var requests = new AsynchronousRequests(customer);

    HttpResponse<String> paid = requests.pay("paid", reservation, "respond-async, wait=30");
    HttpResponse<String> refused = requests.pay("refused", tooDear, "respond-async, wait=30");

    assertThat(paid.statusCode()).isEqualTo(201);
    assertThat(header(paid, "Preference-Applied")).isEqualTo("wait=30");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("insufficient-points");
    for (String prefer : List.of(ASYNC, "handling=lenient")) {
      HttpResponse<String> paidAgain = requests.pay("paid", reservation, prefer);
      assertThat(paidAgain.body()).isEqualTo(paid.body());
      assertThat(header(paidAgain, REPLAYED)).isEqualTo("true");
      HttpResponse<String> refusedAgain = requests.pay("refused", tooDear, prefer);
      assertThat(refusedAgain.body()).isEqualTo(refused.body());
      assertThat(header(refusedAgain, REPLAYED)).isEqualTo("true");
    }
    assertSettlesClean();
  }

  /** Asks all the time, so that nothing that is recorded on the way to the end is missed. */
  @Test
  void whyAPaymentHasFailedIsNeverReadDifferently() throws Exception {
    List<Customer> customers =
        IntStream.range(0, 4).mapToObj(i -> shop().customerWithPoints(PRICE / 2)).toList();
    List<Callable<List<String>>> clients = new ArrayList<>();
    for (Customer customer : customers) {
      List<UUID> reservations = shop().reservationsOf(customer, 10);
      var requests = new AsynchronousRequests(customer);
      clients.add(
          () ->
              reservations.stream()
                  .map(requests::accepted)
                  .map(payment -> reasonOnceFailed(requests, payment))
                  .toList());
    }

    assertThat(AtOnce.run(clients))
        .allSatisfy(reasons -> assertThat(reasons).hasSize(10).containsOnly("insufficient-points"));
    assertSettlesClean();
  }

  private static String reasonOnceFailed(AsynchronousRequests requests, UUID payment) {
    return Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> requests.reasonOf(payment), reason -> !reason.isEmpty());
  }

  @Test
  void anAcceptedPaymentIsFollowedUntilItEnds() throws Exception {
    Customer customer = shop().customerWithPoints(PRICE);
    var requests = new AsynchronousRequests(customer);
    UUID payment = requests.accepted(shop().reservationOf(customer));

    assertThat(requests.events(payment))
        .contains("event:payment")
        .contains(payment.toString())
        .contains("\"status\":\"COMPLETED\"");
    assertSettlesClean();
  }

  @Test
  void aPayerIsToldOfTheEndByASignedPost() throws Exception {
    Assumptions.assumeTrue(reachesThisMachine(), "the system cannot call this machine");
    BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    HttpServer payer = listening(posts);
    try {
      Customer customer = shop().customerWithPoints(PRICE);
      UUID reservation = shop().reservationOf(customer);
      String url = "http://127.0.0.1:" + payer.getAddress().getPort() + "/";
      String body =
          """
          {"reservationId": "%s", "webhook": {"url": "%s", "secret": "0123456789abcdef"}}"""
              .formatted(reservation, url);
      var requests = new AsynchronousRequests(customer);
      UUID payment = AsynchronousRequests.idIn(requests.post("once", body, ASYNC));

      assertThat(posts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .startsWith("v1=")
          .contains(payment.toString())
          .contains("\"status\":\"COMPLETED\"");
    } finally {
      payer.stop(0);
    }
    assertSettlesClean();
  }

  private static HttpServer listening(BlockingQueue<String> posts) throws IOException {
    HttpServer payer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    payer.createContext(
        "/",
        exchange -> {
          String signature = exchange.getRequestHeaders().getFirst("Ticketing-Signature");
          posts.add(signature + " " + new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    payer.start();
    return payer;
  }

  @Test
  void manyRequestsWithTheSameKeyInEitherWayPayOnce() throws Exception {
    Customer customer = shop().customerWithPoints(10 * PRICE);
    UUID reservation = shop().reservationOf(customer);
    var requests = new AsynchronousRequests(customer);

    List<HttpResponse<String>> answers =
        AtOnce.run(
            IntStream.range(0, 8)
                .<Callable<HttpResponse<String>>>mapToObj(
                    i -> () -> requests.pay("once", reservation, i % 2 == 0 ? ASYNC : null))
                .toList());

    // 503: a request waited for too long for what the first had not committed yet.
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 202, 409, 503);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> requests.pay("once", reservation, null).statusCode() == 201);
    String receipt = requests.pay("once", reservation, null).body();
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 202)
        .allMatch(answer -> receipt.contains(AsynchronousRequests.idIn(answer).toString()));
    assertSettlesClean();
    assertThat(customer.balance()).isEqualTo(9 * PRICE);
  }

  @Test
  void aClientThatDisconnectsAfterEveryAcceptanceLosesNothing() throws Exception {
    Customer customer = shop().customerWithPoints(20 * PRICE);
    List<UUID> reservations = shop().reservationsOf(customer, 20);
    var requests = new AsynchronousRequests(customer);

    for (UUID reservation : reservations) {
      requests.acceptedAndGone(reservation.toString(), reservation);
    }

    for (UUID reservation : reservations) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> requests.pay(reservation.toString(), reservation, null).statusCode() == 201);
    }
    assertSettlesClean();
    assertThat(customer.balance()).isZero();
  }

  /**
   * Kills the process with payments in the queue and some at work. Those at work complete or come
   * to nothing, as payments do whose process is killed; all others complete.
   */
  @Test
  void acceptedPaymentsOutliveTheirProcess() throws Exception {
    Map<UUID, Customer> accepted = new HashMap<>();
    List<Customer> customers =
        IntStream.range(0, 10).mapToObj(i -> shop().customerWithPoints(5 * PRICE)).toList();
    List<Callable<List<UUID>>> clients = new ArrayList<>();
    for (Customer customer : customers) {
      List<UUID> reservations = shop().reservationsOf(customer, 5);
      var requests = new AsynchronousRequests(customer);
      clients.add(() -> reservations.stream().map(requests::accepted).toList());
    }
    List<List<UUID>> payments = AtOnce.run(clients);
    system().kill("payment").close();

    for (int i = 0; i < customers.size(); i++) {
      for (UUID payment : payments.get(i)) {
        accepted.put(payment, customers.get(i));
      }
    }
    assertThat(accepted).hasSize(50);
    accepted.forEach((payment, customer) -> awaitEnd(new AsynchronousRequests(customer), payment));
    assertSettlesClean();
    List<UUID> undone =
        accepted.keySet().stream()
            .filter(id -> !statusOf(id, accepted.get(id)).equals("COMPLETED"))
            .toList();
    assertThat(undone)
        .as("payments that were at work")
        .hasSizeLessThanOrEqualTo(8)
        .allMatch(
            id ->
                List.of("payment-cancelled", "service-unavailable")
                    .contains(new AsynchronousRequests(accepted.get(id)).reasonOf(id)));
    for (Customer customer : customers) {
      long left = undone.stream().filter(id -> accepted.get(id).equals(customer)).count();
      assertThat(customer.balance()).isEqualTo(left * PRICE);
    }
  }

  private static String statusOf(UUID payment, Customer customer) {
    return new AsynchronousRequests(customer).statusOf(payment);
  }

  /**
   * A thousand payments of twenty users, sent as fast as the users can. For the systems that run
   * it: it is about the queue, which all share, so one system without and one with a protocol do.
   */
  protected void aThousandAcceptedPaymentsAreAllMadeInTheirOrder() throws Exception {
    int users = 20;
    int each = 50;
    Sale sale = shop().anotherSale(users * each);
    List<Customer> customers =
        IntStream.range(0, users).mapToObj(i -> shop().customerWithPoints(each * PRICE)).toList();
    List<List<UUID>> reserved =
        AtOnce.run(
            8,
            IntStream.range(0, users)
                .<Callable<List<UUID>>>mapToObj(
                    user ->
                        () ->
                            sale.seats().subList(user * each, (user + 1) * each).stream()
                                .map(seat -> customers.get(user).reserve(seat).id())
                                .toList())
                .toList());

    List<List<UUID>> accepted =
        AtOnce.run(
            IntStream.range(0, users)
                .<Callable<List<UUID>>>mapToObj(
                    user ->
                        () -> {
                          var requests = new AsynchronousRequests(customers.get(user));
                          return reserved.get(user).stream().map(requests::accepted).toList();
                        })
                .toList());

    for (int user = 0; user < users; user++) {
      UUID last = accepted.get(user).get(each - 1);
      awaitEnd(new AsynchronousRequests(customers.get(user)), last);
      assertThat(madeBy(customers.get(user))).isEqualTo(accepted.get(user));
    }
    assertSettlesClean();
    assertThat(customers).extracting(Customer::balance).containsOnly(0L);
  }

  /** The completed payments of a customer, in the order in which they were made. */
  private List<UUID> madeBy(Customer customer) {
    return system()
        .database("payment")
        .query(
            """
            SELECT id FROM payment.payment WHERE user_id = '%s' AND status = 'COMPLETED'
            ORDER BY finished_at"""
                .formatted(customer.id()))
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  @Test
  void acceptedPaymentsOfAUserAreMadeInTheirOrder() throws Exception {
    Customer customer = shop().customerWithPoints(10 * PRICE);
    var requests = new AsynchronousRequests(customer);
    List<UUID> accepted =
        shop().reservationsOf(customer, 10).stream().map(requests::accepted).toList();

    awaitEnd(requests, accepted.get(9));

    assertThat(madeBy(customer)).isEqualTo(accepted);
    assertSettlesClean();
  }

  private static void awaitEnd(AsynchronousRequests requests, UUID payment) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> requests.hasEnded(payment));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}

package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a payer sees who does not wait for a payment. */
@OnRealDatabase.Postgresql
@TestPropertySource(
    properties = {
      "ticketing.payment.asynchronous.of-user=3",
      "ticketing.payment.asynchronous.followers=2"
    })
class AsynchronousPaymentsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SECRET = "0123456789abcdef";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transactions;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private String token;
  private Apis owner;
  private List<SeatView> seats;

  @BeforeEach
  void makeACustomer() {
    Apis visitor = Apis.at(port);
    var keys = OnRealDatabase.Servers.get().keys();
    Apis operator = visitor.as(Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("The Two Generals", "")).id();
    var nextYear = new ScheduleDetails("Hall", Instant.now().plus(365, ChronoUnit.DAYS));
    UUID schedule = operator.api(ConcertApi.class).schedule(concert, nextYear).id();
    operator
        .api(SeatApi.class)
        .layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 8, 10))));
    seats = visitor.api(SeatApi.class).seats(schedule, true);
    String email = UUID.randomUUID() + "@example.org";
    UUID user =
        visitor.api(UserApi.class).register(new Registration(email, "Ann", "correct horse")).id();
    token = Bearer.user(keys, user);
    owner = visitor.as(token);
  }

  @Test
  void aPaymentIsAcceptedAndThenMade() throws Exception {
    String reservation = reserved(0);
    HttpResponse<String> accepted =
        whileNothingIsPaid(() -> pay("key", reservation, "respond-async"));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(header(accepted, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(header(accepted, "Retry-After")).isEqualTo("1");
    assertThat(header(accepted, "Idempotency-Replayed")).isNull();
    JsonNode payment = json.readTree(accepted.body());
    assertThat(payment.path("status").asString()).isEqualTo("REQUESTED");
    assertThat(header(accepted, "Location"))
        .isEqualTo("/payments/" + payment.path("id").asString());

    await().atMost(PATIENCE).until(() -> statusOf(accepted).equals("COMPLETED"));
    assertThat(header(get(header(accepted, "Location"), null), "Retry-After")).isNull();
  }

  @Test
  void aClientIsSentOnlyWhatHasChanged() throws Exception {
    String reservation = reserved(0);
    String location =
        whileNothingIsPaid(
            () -> {
              String path = header(pay("key", reservation, "respond-async"), "Location");
              HttpResponse<String> requested = get(path, null);
              assertThat(requested.statusCode()).isEqualTo(200);
              assertThat(header(requested, "Retry-After")).isEqualTo("1");
              HttpResponse<String> same = get(path, header(requested, "ETag"));
              assertThat(same.statusCode()).isEqualTo(304);
              assertThat(same.body()).isEmpty();
              return path;
            });
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              HttpResponse<String> changed = get(location, "\"requested\"");
              assertThat(changed.statusCode()).isEqualTo(200);
              assertThat(changed.body()).contains("COMPLETED");
            });
  }

  @Test
  void whoWaitsIsAnsweredWithTheReceipt() throws Exception {
    HttpResponse<String> made = pay("key", reserved(0), "respond-async, wait=20");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(header(made, "Preference-Applied")).isEqualTo("wait=20");
    assertThat(header(made, "Location"))
        .isEqualTo("/payments/" + json.readTree(made.body()).path("paymentId").asString());
  }

  @Test
  void whoWaitsIsAnsweredWithTheRefusal() throws Exception {
    HttpResponse<String> refused =
        pay("key", UUID.randomUUID().toString(), "respond-async, wait=20");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("unknown-reservation");
  }

  @Test
  void whoHasWaitedLongEnoughIsToldThatThePaymentIsAccepted() throws Exception {
    String reservation = reserved(0);
    HttpResponse<String> accepted =
        whileNothingIsPaid(() -> pay("key", reservation, "respond-async, wait=1"));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(header(accepted, "Preference-Applied")).isEqualTo("respond-async, wait=1");
  }

  @Test
  void aKeyGivesTheSamePaymentInEitherWay() throws Exception {
    String first = reserved(0);
    String second = reserved(1);
    HttpResponse<String> accepted = whileNothingIsPaid(() -> pay("a", first, "respond-async"));
    await().atMost(PATIENCE).until(() -> statusOf(accepted).equals("COMPLETED"));
    HttpResponse<String> again = pay("a", first, null);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    assertThat(header(accepted, "Location")).endsWith(idIn(again));

    HttpResponse<String> waited = pay("b", second, null);
    assertThat(header(waited, "Idempotency-Replayed")).isNull();
    HttpResponse<String> repeated = pay("b", second, "respond-async");
    assertThat(repeated.statusCode()).isEqualTo(201);
    assertThat(header(repeated, "Idempotency-Replayed")).isEqualTo("true");
    assertThat(idIn(repeated)).isEqualTo(idIn(waited));
  }

  @Test
  void aKeyOfAPaymentUnderWayGivesThatPayment() throws Exception {
    String reservation = reserved(0);
    whileNothingIsPaid(
        () -> {
          HttpResponse<String> accepted = pay("key", reservation, "respond-async");
          HttpResponse<String> again = pay("key", reservation, "respond-async");
          assertThat(again.statusCode()).isEqualTo(202);
          assertThat(header(again, "Location")).isEqualTo(header(accepted, "Location"));
          assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
          assertRefused(pay("key", reservation, null), 409, "payment-in-progress");
          return null;
        });
  }

  @Test
  void aKeyIsForOneReservation() throws Exception {
    String first = reserved(0);
    String second = reserved(1);
    assertThat(pay("key", first, "respond-async").statusCode()).isEqualTo(202);
    assertRefused(pay("key", second, "respond-async"), 422, "idempotency-key-reused");
    assertRefused(pay("key", second, null), 422, "idempotency-key-reused");
  }

  @Test
  void aRefusalIsReplayedToo() throws Exception {
    String unknown = UUID.randomUUID().toString();
    HttpResponse<String> first = pay("key", unknown, null);
    assertThat(header(first, "Idempotency-Replayed")).isNull();
    for (String prefer : new String[] {null, "respond-async", "respond-async, wait=5"}) {
      HttpResponse<String> again = pay("key", unknown, prefer);
      assertRefused(again, 404, "unknown-reservation");
      assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    }
  }

  @Test
  void otherPreferencesChangeNothing() throws Exception {
    HttpResponse<String> made = pay("key", reserved(0), "return=minimal; respond-async, wait=3");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(header(made, "Preference-Applied")).isNull();
  }

  @Test
  void malformedRequestsAreRefused() throws Exception {
    assertRefused(send("k", "{}", "respond-async"), 400, "invalid-request");
    assertRefused(pay("", reserved(0), "respond-async"), 400, "invalid-request");
    assertRefused(pay("x".repeat(101), reserved(1), "respond-async"), 400, "invalid-request");
  }

  @Test
  void onceTooManyWaitMoreAreRefused() throws Exception {
    whileNothingIsPaid(
        () -> {
          for (int number = 0; number < 3; number++) {
            assertThat(pay("key" + number, random(), "respond-async").statusCode()).isEqualTo(202);
          }
          HttpResponse<String> refused = pay("key4", random(), "respond-async");
          assertRefused(refused, 429, "too-many-payments");
          assertThat(header(refused, "Retry-After")).isEqualTo("5");
          assertThat(pay("key1", random(), "respond-async").statusCode()).isEqualTo(422);
          return null;
        });
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pay("key4", random(), "respond-async, wait=9").statusCode())
                    .isIn(404, 422));
  }

  @Test
  void thePaymentIsFollowedUntilItEnds() throws Exception {
    String reservation = reserved(0);
    HttpResponse<InputStream> stream =
        whileNothingIsPaid(
            () -> {
              String path = header(pay("key", reservation, "respond-async"), "Location");
              var following =
                  http.send(
                      request(path + "/events").header("Accept", "text/event-stream").build(),
                      BodyHandlers.ofInputStream());
              byte[] first = new byte[400];
              int read = following.body().read(first);
              assertThat(new String(first, 0, read))
                  .contains("event:payment")
                  .contains("REQUESTED");
              return following;
            });
    assertThat(header(stream, "Content-Type")).startsWith("text/event-stream");
    assertThat(new String(stream.body().readAllBytes())).contains("\"status\":\"COMPLETED\"");
  }

  /** Browsers come again by themselves after the end of a stream, until they are told this. */
  @Test
  void whoHasSeenTheLastEventIsToldThatThereIsNoOther() throws Exception {
    HttpResponse<String> accepted = pay("key", random(), "respond-async");
    await().atMost(PATIENCE).until(() -> statusOf(accepted).equals("FAILED"));
    String events = header(accepted, "Location") + "/events";
    HttpResponse<String> all = http.send(request(events).build(), BodyHandlers.ofString());
    String last = all.body().lines().filter(line -> line.startsWith("id:")).findFirst().get();

    HttpRequest again =
        request(events).header("Last-Event-ID", last.substring("id:".length())).build();
    assertThat(http.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    HttpRequest later = request(events).header("Last-Event-ID", "requested").build();
    assertThat(http.send(later, BodyHandlers.ofString()).body()).isEqualTo(all.body());
  }

  @Test
  void streamsAreLimitedAndForTheirPayerAlone() throws Exception {
    String location = header(pay("key", reserved(0), "respond-async"), "Location");
    String stranger =
        Bearer.user(OnRealDatabase.Servers.get().keys(), UUID.randomUUID(), "OPERATOR");
    var notTheirs =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + location + "/events"))
            .header("Authorization", "Bearer " + stranger)
            .header("Accept", "text/event-stream")
            .build();
    assertRefused(http.send(notTheirs, BodyHandlers.ofString()), 403, "not-your-payment");
    assertRefused(
        http.send(request("/payments/" + random() + "/events").build(), BodyHandlers.ofString()),
        404,
        "unknown-payment");

    whileNothingIsPaid(
        () -> {
          String path = header(pay("later", random(), "respond-async"), "Location") + "/events";
          var first = http.send(request(path).build(), BodyHandlers.ofInputStream());
          var second = http.send(request(path).build(), BodyHandlers.ofInputStream());
          HttpResponse<String> third = http.send(request(path).build(), BodyHandlers.ofString());
          assertRefused(third, 503, "service-unavailable");
          assertThat(header(third, "Retry-After")).isEqualTo("1");
          assertThat(pay("another", random(), "respond-async, wait=9").statusCode()).isEqualTo(202);
          assertThat(first.statusCode()).isEqualTo(second.statusCode()).isEqualTo(200);
          return null;
        });
  }

  private static String hmac(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes()));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aPayerIsToldByASignedPostUntilItIsAccepted() throws Exception {
    try (var payer = new Payer(500, 204)) {
      HttpResponse<String> accepted =
          send("key", webhook(reserved(0), payer.url()), "respond-async");
      assertThat(accepted.statusCode()).isEqualTo(202);
      for (int post = 0; post < 2; post++) {
        assertThat(payer.next())
            .startsWith(header(accepted, "Location").substring("/payments/".length()))
            .contains(" signed ")
            .contains("\"status\":\"COMPLETED\"")
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void aPayerIsToldOfOnePaymentAfterTheOther() throws Exception {
    try (var payer = new Payer(500, 204, 500, 204)) {
      String first = idOf(send("a", webhook(reserved(0), payer.url()), "respond-async"));
      String second = idOf(send("b", webhook(reserved(1), payer.url()), "respond-async"));
      assertThat(List.of(payer.next(), payer.next(), payer.next(), payer.next()))
          .extracting(post -> post.substring(0, first.length()))
          .containsExactly(first, first, second, second);
    }
  }

  @Test
  void whatAPayerHasStillToBeToldTakesUpRoom() throws Exception {
    try (var payer = new Payer(500)) {
      for (int number = 0; number < 3; number++) {
        HttpResponse<String> accepted =
            send("key" + number, webhook(random(), payer.url()), "respond-async");
        assertThat(accepted.statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> statusOf(accepted).equals("FAILED"));
      }
      assertRefused(pay("key4", random(), "respond-async"), 429, "too-many-payments");
    }
  }

  @Test
  void aRepetitionCannotNameAnotherWebhook() throws Exception {
    String with = reserved(0);
    String without = reserved(1);
    try (var payer = new Payer(204)) {
      whileNothingIsPaid(
          () -> {
            send("a", webhook(with, payer.url()), "respond-async");
            pay("b", without, "respond-async");
            HttpResponse<String> same = send("a", webhook(with, payer.url()), "respond-async");
            assertThat(same.statusCode()).isEqualTo(202);
            for (String prefer : List.of("respond-async", "respond-async, wait=9")) {
              assertRefused(
                  send("a", webhook(with, payer.url() + "/other"), prefer),
                  422,
                  "idempotency-key-reused");
              assertRefused(
                  send("a", webhook(with, payer.url()).replace(SECRET, "f" + SECRET), prefer),
                  422,
                  "idempotency-key-reused");
              assertRefused(
                  send("b", webhook(without, payer.url()), prefer), 422, "idempotency-key-reused");
            }
            return null;
          });
    }
  }

  /** The endpoint of a payer. */
  private static final class Payer implements AutoCloseable {

    private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /**
     * @param statuses of its answers, one after the other; of all others the last
     */
    Payer(int... statuses) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var number = new AtomicInteger();
      server.createContext(
          "/",
          exchange -> {
            posts.add(told(exchange));
            exchange.sendResponseHeaders(
                statuses[Math.min(number.getAndIncrement(), statuses.length - 1)], -1);
            exchange.close();
          });
      server.start();
    }

    private static String told(HttpExchange exchange) throws IOException {
      String body = new String(exchange.getRequestBody().readAllBytes());
      Headers headers = exchange.getRequestHeaders();
      String signed = headers.getFirst("Ticketing-Timestamp") + "." + body;
      boolean genuine = headers.getFirst("Ticketing-Signature").equals("v1=" + hmac(signed));
      return String.join(
          " ", headers.getFirst("Ticketing-Payment"), genuine ? "signed" : "forged", body);
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/paid";
    }

    String next() throws InterruptedException {
      String post = posts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(post).as("the next post").isNotNull();
      return post;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void aWebhookHasToBeOneAndIsForPaymentsThatNobodyWaitsFor() throws Exception {
    String url = "https://payer.example.org/";
    assertRefused(send("k", webhook(reserved(0), url), null), 400, "invalid-request");
    assertRefused(send("k", webhook(reserved(1), "ftp://x/"), "respond-async"), 400, "url must be");
    assertRefused(
        send("k", webhook(reserved(2), url).replace(SECRET, "short"), "respond-async"),
        400,
        "invalid-request");
  }

  private String webhook(String reservation, String url) {
    return """
        {"reservationId":"%s","webhook":{"url":"%s","secret":"%s"}}"""
        .formatted(reservation, url, SECRET);
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  /** Every payment waits before its reservation is looked up. */
  private <T> T whileNothingIsPaid(Work<T> work) throws Exception {
    return transactions.execute(
        locked -> {
          jdbc.sql("LOCK TABLE reservation IN ACCESS EXCLUSIVE MODE").update();
          try {
            return work.run();
          } catch (RuntimeException | Error failure) {
            throw failure;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
  }

  private String reserved(int seat) {
    var request = new ReservationRequest(seats.get(seat).id(), null);
    return owner.api(ReservationApi.class).reserve(request).id().toString();
  }

  private HttpResponse<String> pay(String key, String reservation, String prefer) throws Exception {
    return send(key, "{\"reservationId\":\"" + reservation + "\"}", prefer);
  }

  private HttpResponse<String> send(String key, String body, String prefer) throws Exception {
    var request =
        request("/payments")
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (prefer != null) {
      request.header("Prefer", prefer);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String known) throws Exception {
    var request = request(path);
    if (known != null) {
      request.header("If-None-Match", known);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  private String statusOf(HttpResponse<String> accepted) throws Exception {
    return json.readTree(get(header(accepted, "Location"), null).body()).path("status").asString();
  }

  private String idIn(HttpResponse<String> receipt) {
    return json.readTree(receipt.body()).path("paymentId").asString();
  }

  private static String idOf(HttpResponse<String> accepted) {
    return header(accepted, "Location").substring("/payments/".length());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String problem) {
    assertThat(response.body()).contains(problem);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}

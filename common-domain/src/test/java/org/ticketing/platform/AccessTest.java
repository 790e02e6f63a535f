package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.platform.AccessTest.Access.OPERATOR;
import static org.ticketing.platform.AccessTest.Access.OWNER;
import static org.ticketing.platform.AccessTest.Access.PUBLIC;
import static org.ticketing.platform.AccessTest.Access.SERVICE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.queue.QueueApi;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** Tries every endpoint with every kind of wrong token. */
@OnRealDatabase.Postgresql
class AccessTest {

  enum Access {
    PUBLIC,
    /** The user in the path, or the owner of what the path names. */
    OWNER,
    OPERATOR,
    SERVICE
  }

  /** Ends with the services that may call the endpoint, besides those who may by the rule. */
  private static final String ENDPOINTS =
      """
      POST   /users                                               PUBLIC
      POST   /login                                               PUBLIC
      GET    /users/{userId}                                      OWNER    reservation, point, payment
      PUT    /users/{userId}                                      OWNER
      PUT    /users/{userId}/password                             OWNER
      DELETE /users/{userId}                                      OWNER
      GET    /concerts                                            PUBLIC
      GET    /concerts/{concertId}                                PUBLIC
      GET    /concerts/{concertId}/schedules                      PUBLIC
      GET    /schedules/{scheduleId}                              PUBLIC
      POST   /concerts                                            OPERATOR
      PUT    /concerts/{concertId}                                OPERATOR
      DELETE /concerts/{concertId}                                OPERATOR
      POST   /concerts/{concertId}/schedules                      OPERATOR
      PUT    /schedules/{scheduleId}                              OPERATOR
      DELETE /schedules/{scheduleId}                              OPERATOR
      POST   /schedules/{scheduleId}/seats                        OPERATOR
      GET    /schedules/{scheduleId}/seats                        PUBLIC
      GET    /internal/reservations/occupied-seats/{scheduleId}   SERVICE  seat
      PUT    /internal/reservations/closings/{userId}             SERVICE  user
      DELETE /internal/reservations/closings/{userId}             SERVICE  user
      PUT    /internal/reservations/schedules/{scheduleId}        SERVICE  concert
      POST   /internal/reservations/{reservationId}/returns       SERVICE  payment
      POST   /internal/reservations/lookups                       SERVICE  payment
      GET    /seats/{seatId}                                      PUBLIC
      POST   /queue-tokens                                        OWNER
      GET    /queue-tokens/{tokenId}                              OWNER
      DELETE /queue-tokens/{tokenId}                              OWNER
      GET    /internal/queue/admission                            SERVICE  reservation
      POST   /internal/queue/endings                              SERVICE  payment
      POST   /reservations                                        OWNER
      GET    /reservations                                        OWNER
      GET    /reservations/{reservationId}                        OWNER    payment
      DELETE /reservations/{reservationId}                        OWNER
      POST   /protocol/reservations/{reservationId}/completions   SERVICE  payment
      POST   /protocol/reservations/{reservationId}/reopenings    SERVICE  payment
      GET    /wallets/{userId}                                    OWNER
      POST   /wallets/{userId}/charges                            OWNER
      GET    /wallets/{userId}/entries                            OWNER
      PUT    /internal/points/closings/{userId}                   SERVICE  user
      DELETE /internal/points/closings/{userId}                   SERVICE  user
      POST   /internal/points/refunds                             SERVICE  payment
      POST   /protocol/points/uses                                SERVICE  payment
      POST   /protocol/points/refunds                             SERVICE  payment
      POST   /payments                                            OWNER
      GET    /payments                                            OWNER
      GET    /payments/{paymentId}                                OWNER    reservation, point
      GET    /payments/{paymentId}/events                         OWNER
      PUT    /internal/payments/closings/{userId}                 SERVICE  user
      DELETE /internal/payments/closings/{userId}                 SERVICE  user
      POST   /internal/payments/refunds                           SERVICE  reservation
      POST   /partners                                            OPERATOR
      GET    /partners                                            OPERATOR
      GET    /partners/{partnerId}                                OPERATOR
      DELETE /partners/{partnerId}                                OPERATOR
      POST   /partners/{partnerId}/resumptions                    OPERATOR
      GET    /partners/{partnerId}/deliveries                     OPERATOR
      GET    /partner-feed                                        PUBLIC
      GET    /operations/tracking/log                             OPERATOR
      GET    /operations/tracking/holdings                        OPERATOR
      GET    /operations/observability                            OPERATOR
      PUT    /operations/observability                            OPERATOR
      GET    /operations/transactions                             OPERATOR
      GET    /operations/transactions/one                         OPERATOR
      GET    /operations/transactions/counts                      OPERATOR
      POST   /operations/transactions/previews                    OPERATOR
      POST   /operations/transactions/steerings                   OPERATOR
      GET    /operations/transactions/steerings                   OPERATOR
      POST   /internal/sales                                      SERVICE  payment
      POST   /internal/sales/cancellations                        SERVICE  payment
      """;

  private static final UUID SOMEBODY = UUID.randomUUID();

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();
  private final HttpClient http = HttpClient.newHttpClient();

  private record Endpoint(String method, String path, Access access, Set<String> callers) {

    static Endpoint parse(String line) {
      String[] parts = line.split("\\s+", 4);
      return new Endpoint(
          parts[0],
          parts[1],
          Access.valueOf(parts[2]),
          parts.length < 4 ? Set.of() : Set.of(parts[3].split(", ")));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static List<Endpoint> endpoints(Access... accesses) {
    Set<Access> wanted = Set.of(accesses);
    return ENDPOINTS
        .lines()
        .map(Endpoint::parse)
        .filter(endpoint -> wanted.contains(endpoint.access()))
        .toList();
  }

  @Test
  void everyEndpointIsListedHere() {
    List<String> offered =
        mappings.getHandlerMethods().entrySet().stream()
            .filter(entry -> entry.getValue().getBeanType().getName().startsWith("org.ticketing."))
            .flatMap(
                entry ->
                    entry.getKey().getMethodsCondition().getMethods().stream()
                        .flatMap(
                            method ->
                                entry.getKey().getPatternValues().stream()
                                    .map(path -> method + " " + path)))
            .distinct()
            .toList();

    assertThat(endpoints(Access.values()))
        .extracting(Endpoint::toString)
        .containsExactlyInAnyOrderElementsOf(offered);
  }

  @TestFactory
  Stream<DynamicTest> withoutAValidTokenNobodyGetsAccess() throws Exception {
    Map<String, String> invalid = invalidTokens();
    return endpoints(OWNER, OPERATOR, SERVICE).stream()
        .flatMap(
            endpoint ->
                invalid.entrySet().stream()
                    .map(token -> test(endpoint, token.getKey(), token.getValue(), 401)));
  }

  @TestFactory
  Stream<DynamicTest> anInvalidTokenIsRefusedEvenWhereNoneIsNeeded() throws Exception {
    Map<String, String> invalid = invalidTokens();
    invalid.remove("no token");
    return endpoints(PUBLIC).stream()
        .flatMap(
            endpoint ->
                invalid.entrySet().stream()
                    .map(token -> test(endpoint, token.getKey(), token.getValue(), 401)));
  }

  @TestFactory
  Stream<DynamicTest> aUserHasNoAccessToWhatIsForOperators() {
    String user = Bearer.user(keys, SOMEBODY);
    return endpoints(OPERATOR).stream().map(endpoint -> test(endpoint, "a user's", user, 403));
  }

  @TestFactory
  Stream<DynamicTest> noUserHasAccessToWhatIsForServices() {
    String user = Bearer.user(keys, SOMEBODY);
    String operator = Bearer.user(keys, SOMEBODY, "OPERATOR", "SERVICE");
    return endpoints(SERVICE).stream()
        .flatMap(
            endpoint ->
                Stream.of(
                    test(endpoint, "a user's", user, 403),
                    test(endpoint, "an operator's", operator, 403)));
  }

  @TestFactory
  Stream<DynamicTest> aServiceHasAccessToWhatItIsListedForAlone() {
    return OnRealDatabase.PROCESSES.stream()
        .flatMap(
            process -> {
              String token = OnRealDatabase.Servers.token(process.get(0), "point");
              return endpoints(OWNER, OPERATOR, SERVICE).stream()
                  .map(
                      endpoint ->
                          process.stream().anyMatch(endpoint.callers()::contains)
                              ? DynamicTest.dynamicTest(
                                  endpoint + " with one of " + process,
                                  () -> assertThat(status(endpoint, token)).isNotIn(401, 403))
                              : test(endpoint, "one of " + process, token, 403));
            });
  }

  @TestFactory
  Stream<DynamicTest> aStrangerHasNoAccessToAUser() {
    String stranger = Bearer.user(keys, SOMEBODY, "OPERATOR");
    return endpoints(OWNER).stream()
        .filter(endpoint -> endpoint.path().contains("{userId}"))
        .map(endpoint -> test(endpoint, "a stranger's", stranger, 403));
  }

  @Test
  void aStrangerHasNoAccessToWhatIsAUsers() throws Exception {
    Apis visitor = Apis.at(port);
    Apis operator = visitor.as(Bearer.user(keys, SOMEBODY, "OPERATOR"));
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("The Two Generals", "")).id();
    var nextYear = new ScheduleDetails("Hall", Instant.now().plus(365, ChronoUnit.DAYS));
    UUID schedule = operator.api(ConcertApi.class).schedule(concert, nextYear).id();
    operator
        .api(SeatApi.class)
        .layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 2, 10))));
    String email = UUID.randomUUID() + "@example.org";
    UUID userId =
        visitor.api(UserApi.class).register(new Registration(email, "Ann", "correct horse")).id();
    Apis owner = visitor.as(Bearer.user(keys, userId));
    owner.api(PointApi.class).charge(userId, "opening", new Charge(10));
    UUID seat = visitor.api(SeatApi.class).seats(schedule, true).get(0).id();
    UUID token = owner.api(QueueApi.class).take(new TokenRequest(schedule)).id();
    UUID reservation =
        owner.api(ReservationApi.class).reserve(new ReservationRequest(seat, null)).id();
    UUID paid = owner.api(PaymentApi.class).pay("key", new PaymentRequest(reservation)).paymentId();

    String stranger = Bearer.user(keys, SOMEBODY, "OPERATOR");
    assertThat(status("GET", "/queue-tokens/" + token, stranger)).isEqualTo(403);
    assertThat(status("DELETE", "/queue-tokens/" + token, stranger)).isEqualTo(403);
    assertThat(status("GET", "/reservations/" + reservation, stranger)).isEqualTo(403);
    assertThat(status("DELETE", "/reservations/" + reservation, stranger)).isEqualTo(403);
    assertThat(status("GET", "/reservations?userId=" + userId, stranger)).isEqualTo(403);
    assertThat(status("GET", "/payments/" + paid, stranger)).isEqualTo(403);
    assertThat(status("GET", "/payments/" + paid + "/events", stranger)).isEqualTo(403);
    String strangersEmail = UUID.randomUUID() + "@example.org";
    var registration = new Registration(strangersEmail, "Mallory", "correct horse");
    UUID mallory = visitor.api(UserApi.class).register(registration).id();
    HttpResponse<String> payment =
        send(
            "POST",
            "/payments",
            Bearer.user(keys, mallory),
            "{\"reservationId\":\"" + reservation + "\"}");
    assertThat(payment.statusCode()).isEqualTo(403);
    assertThat(payment.body()).contains("not-your-reservation");

    assertThat(owner.api(ReservationApi.class).ofUser(null, false, 0, 20)).hasSize(1);
    assertThat(owner.api(PaymentApi.class).mine(0, 20)).hasSize(1);
    assertThat(owner.api(QueueApi.class).find(token).userId()).isEqualTo(userId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/protocol/points/uses/",
        "//protocol/points/uses",
        "/protocol//points/uses",
        "/%70rotocol/points/uses",
        "/protocol%2Fpoints/uses",
        "/x/../protocol/points/uses",
        "/protocol;a=b/points/uses",
        "/PROTOCOL/points/uses"
      })
  void noOtherSpellingOfAPathBypassesTheRules(String path) throws Exception {
    String user = Bearer.user(keys, SOMEBODY, "OPERATOR");
    HttpResponse<String> answer = send("POST", path, user, "{}");
    assertThat(answer.statusCode()).isIn(400, 403, 404);
    assertThat(answer.body()).contains(Problems.TYPE_PREFIX);
  }

  private Map<String, String> invalidTokens() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair otherKey = rsa.generateKeyPair();
    Instant soon = Instant.now().plus(Duration.ofMinutes(5));
    Instant past = Instant.now().minus(Duration.ofMinutes(2));
    String good = Bearer.user(keys, SOMEBODY, "OPERATOR");
    Map<String, String> tokens = new TreeMap<>();
    tokens.put("no token", null);
    tokens.put("garbage", "garbage");
    tokens.put("an expired one", Bearer.user(keys.userTokens(), SOMEBODY, past, "OPERATOR"));
    tokens.put("one of another key", Bearer.user(otherKey, SOMEBODY, soon, "OPERATOR"));
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(256);
    KeyPair payment = keys.serviceToken("payment", OnRealDatabase.PROCESSES);
    tokens.put("a service's of another key", Bearer.service(ec.generateKeyPair(), "point"));
    tokens.put("a service's for another system", Bearer.service(payment, "somebody"));
    tokens.put("one of no issuer of ours", Bearer.service(payment, "somebody", "point"));
    tokens.put("a service's as a user's", Bearer.service(payment, Tokens.USERS, "point"));
    tokens.put("a changed one", tampered(good));
    tokens.put("an unsigned one", unsigned(good));
    return tokens;
  }

  private static String tampered(String token) {
    String[] parts = token.split("\\.");
    char[] payload = parts[1].toCharArray();
    payload[payload.length / 2] ^= 1;
    return parts[0] + "." + new String(payload) + "." + parts[2];
  }

  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
    return header + "." + token.split("\\.")[1] + ".";
  }

  private DynamicTest test(Endpoint endpoint, String whose, String token, int expected) {
    return DynamicTest.dynamicTest(
        endpoint + " with " + whose,
        () -> {
          HttpResponse<String> answer = send(endpoint, token);
          assertThat(answer.statusCode()).isEqualTo(expected);
          assertThat(answer.headers().firstValue("Content-Type"))
              .hasValue("application/problem+json");
          assertThat(answer.body()).contains(Problems.TYPE_PREFIX);
        });
  }

  private int status(Endpoint endpoint, String token) throws IOException, InterruptedException {
    return send(endpoint, token).statusCode();
  }

  private HttpResponse<String> send(Endpoint endpoint, String token)
      throws IOException, InterruptedException {
    String path = endpoint.path().replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
    return send(endpoint.method(), path, token, "{}");
  }

  private int status(String method, String path, String token)
      throws IOException, InterruptedException {
    return send(method, path, token, "{}").statusCode();
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "key")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

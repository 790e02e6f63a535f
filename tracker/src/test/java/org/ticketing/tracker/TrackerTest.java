package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tracker before invented services, over HTTP. */
class TrackerTest {

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper MAPPER = new JsonMapper();

  private static InventedServices services;
  private static RunningTracker tracker;

  @BeforeAll
  static void start() {
    services = new InventedServices();
    tracker = new RunningTracker(services, "--ticketing.tracker.trace-url=http://traces/{payment}");
  }

  @AfterAll
  static void stop() {
    tracker.close();
    services.close();
  }

  @BeforeEach
  void forget() {
    services.forget();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/transactions",
        "/transactions/counts",
        "/transactions/log",
        "/transactions/steerings",
        "/transactions/events",
        "/transactions/4711"
      })
  void nothingIsAnsweredWithoutATokenAndNobodyIsAsked(String path) {
    HttpResponse<String> answer = send(request(path, "*/*").build());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(type(answer)).isEqualTo("urn:ticketing:problem:authentication-required");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(services.calls).isEmpty();
  }

  /** The tracker has no rights of its own: it is the services that refuse. */
  @ParameterizedTest
  @CsvSource({
    "token-of-a-customer, 403, forbidden",
    "token-of-nobody,     401, invalid-token",
  })
  void whatAServiceRefusesIsRefused(String token, int status, String reason) {
    services.details.put("4711", Invented.detail(Invented.stuck(1), Decision.COMPLETE));

    for (String path :
        List.of(
            "/transactions",
            "/transactions?find=4711",
            "/transactions/counts",
            "/transactions/log",
            "/transactions/steerings",
            "/transactions/events",
            "/transactions/4711")) {
      HttpResponse<String> answer = send(as(token, request(path, "*/*")));
      assertThat(answer.statusCode()).as(path).isEqualTo(status);
      assertThat(type(answer)).as(path).isEqualTo("urn:ticketing:problem:" + reason);
    }
    for (String path : List.of("/transactions/previews", "/transactions/steerings")) {
      HttpResponse<String> answer = send(as(token, post(path, order("RETRY", "4711"))));
      assertThat(answer.statusCode()).as(path).isEqualTo(status);
    }
    assertThat(services.steerings).isEmpty();
  }

  @Test
  void theFiltersOfAListArePassedOn() {
    services.transactions.addAll(List.of(Invented.completed(1), Invented.failed(2)));

    JsonNode page = get("/transactions?show=failed&size=7&from=2026-11-26T00:00:00Z");

    assertThat(page.path("protocol").asString()).isEqualTo("xa");
    assertThat(page.path("transactions")).hasSize(1);
    assertThat(page.at("/transactions/0/outcome").asString()).isEqualTo("failed");
    assertThat(services.calls)
        .singleElement()
        .asString()
        .contains("show=failed", "size=7", "from=2026-11-26T00");
  }

  @Test
  void aLinkLeadsToTheNextPageInJsonAndInCsv() {
    IntStream.range(0, 5).mapToObj(Invented::completed).forEach(services.transactions::add);
    String first = "/transactions?show=all&size=2";

    for (String accepted : List.of(JSON, CSV)) {
      HttpResponse<String> page = send(operator(request(first, accepted)));
      assertThat(page.headers().firstValue("Link"))
          .hasValue("</transactions?show=all&size=2&after=2>; rel=\"next\"");
      HttpResponse<String> last =
          send(operator(request("/transactions?show=all&size=2&after=4", accepted)));
      assertThat(last.headers().firstValue("Link")).isEmpty();
    }
    assertThat(get(first).path("next").asString()).isEqualTo("2");
  }

  @Test
  void listsComeAsCsvToo() {
    services.transactions.add(Invented.completed(1));

    HttpResponse<String> answer = send(operator(request("/transactions", CSV)));

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.body()).startsWith("protocol,payment,").contains("\r\nxa," + Invented.id(1));
    assertThat(send(operator(request("/transactions/log", CSV))).body()).startsWith("at,service,");
    assertThat(send(operator(request("/transactions/steerings", CSV))).body())
        .startsWith("at,operator,");
  }

  @ParameterizedTest
  @CsvSource({
    "user=nobody,            user must be a UUID.",
    "from=yesterday,         from must be a time such as 2026-11-26T18:30:00Z.",
    "size=many,              size must be a whole number.",
    "size=0,                 size must be from 1 to 1000",
    "find=x&after=elsewhere, after must be the next of the page before.",
  })
  void malformedQueriesGetOneLine(String query, String detail) {
    HttpResponse<String> answer = send(operator(request("/transactions?" + query, "*/*")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(type(answer)).isEqualTo("urn:ticketing:problem:invalid-request");
    assertThat(tree(answer).path("detail").asString()).isEqualTo(detail);
  }

  @Test
  void whateverIsAtHandFindsATransaction() {
    IntStream.range(0, 60).mapToObj(Invented::completed).forEach(services.transactions::add);
    TransactionSummary wanted = services.transactions.get(7);

    for (Object text :
        List.of(wanted.payment(), wanted.xid(), wanted.key(), wanted.reservation())) {
      JsonNode found = get("/transactions?find=" + text).path("transactions");
      assertThat(found).as(String.valueOf(text)).hasSize(1);
      assertThat(found.at("/0/payment").asString()).isEqualTo(wanted.payment().toString());
    }
    assertThat(get("/transactions?find=" + wanted.user()).path("transactions")).hasSize(2);
    assertThat(get("/transactions?find=nothing").path("transactions")).isEmpty();
  }

  @Test
  void whatWasFoundIsReadPageByPage() {
    IntStream.range(0, 60).mapToObj(Invented::completed).forEach(services.transactions::add);
    UUID user = services.transactions.get(7).user();

    JsonNode first = get("/transactions?size=1&find=" + user);
    JsonNode second =
        get("/transactions?size=1&find=" + user + "&after=" + first.path("next").asString());

    assertThat(Stream.of(first, second).map(page -> page.at("/transactions/0/key").asString()))
        .containsExactly("key-57", "key-7");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void oneTransactionIsShownWithWhatAllProcessesTellOfIt() {
    TransactionSummary stuck = Invented.stuck(1);
    services.details.put(stuck.payment().toString(), Invented.detail(stuck, Decision.COMPLETE));
    services.logs.put(
        "payment",
        List.of(
            Invented.change(stuck, "payment", null, TransactionState.WORKING, 0),
            Invented.phase(stuck, "point", "work", 2, 1500)));
    services.logs.put("point", List.of(Invented.phase(stuck, "point", "use", 1, 900)));
    services.holdings.put("point", List.of(Invented.holding("point", Meaning.OPEN)));
    services.holdings.put("reservation", List.of(Invented.holding("reservation", Meaning.DONE)));

    JsonNode found = get("/transactions/" + stuck.payment());

    assertThat(found.at("/detail/protocol").asString()).isEqualTo("xa");
    assertThat(found.at("/detail/possible/UNDO/refusal").asString()).contains("decided to happen");
    assertThat(found.path("log").values())
        .extracting(
            entry -> entry.path("phase").isNull() ? "change" : entry.path("phase").asString())
        .containsExactly("change", "use", "work");
    assertThat(found.path("holdings").values())
        .extracting(holding -> holding.path("participant").asString())
        .containsExactly("point", "reservation");
    assertThat(found.path("disagreements")).hasSize(1);
    assertThat(found.at("/disagreements/0/participant").asString()).isEqualTo("point");
    assertThat(found.path("notReached")).isEmpty();
    assertThat(found.path("lost").asLong()).isEqualTo(3);
    assertThat(services.calls)
        .anyMatch(
            call ->
                call.startsWith("point GET /operations/tracking/holdings")
                    && call.contains("payment=" + stuck.payment())
                    && call.contains("xid=" + stuck.xid()));
  }

  @Test
  void anXidMayHaveSlashes() {
    services.details.put("payment-1/b/7", Invented.detail(Invented.stuck(1), Decision.COMPLETE));

    assertThat(get("/transactions/payment-1%2Fb%2F7").at("/detail/protocol").asString())
        .isEqualTo("xa");
    assertThat(send(request("/transactions/payment-1%2Fb%2F7", BROWSER).build()).statusCode())
        .isEqualTo(200);
  }

  /** In the monolith, the names of all participants lead to the same process. */
  @Test
  void whatSeveralParticipantsTellAlikeIsShownOnce() {
    TransactionSummary over = Invented.completed(1);
    services.details.put(over.payment().toString(), Invented.detail(over, Decision.COMPLETE));
    for (String name : Services.PARTICIPANTS) {
      services.holdings.put(name, List.of(Invented.holding("payment", Meaning.DONE)));
      services.logs.put(
          name, List.of(Invented.change(over, "payment", null, TransactionState.COMPLETED, 80)));
    }

    JsonNode found = get("/transactions/" + over.payment());

    assertThat(found.path("holdings")).hasSize(1);
    assertThat(found.path("log")).hasSize(1);
  }

  @Test
  void aParticipantThatDoesNotAnswerIsNamedAndTheOthersAreShown() {
    TransactionSummary over = Invented.completed(1);
    services.details.put(over.payment().toString(), Invented.detail(over, Decision.COMPLETE));
    services.holdings.put("reservation", List.of(Invented.holding("reservation", Meaning.DONE)));
    services.failing.add("point");

    JsonNode found = get("/transactions/" + over.payment());

    assertThat(found.path("notReached")).hasSize(1);
    assertThat(found.at("/notReached/0").asString())
        .isEqualTo(
            "point: The point service answered GET /operations/tracking/holdings with 503. The"
                + " database is away.");
    assertThat(found.path("holdings")).hasSize(1);
  }

  @Test
  void whenThePaymentServiceIsAwayTheDatabasesOfTheOthersAreShown() {
    services.failing.add("payment");
    services.holdings.put("point", List.of(Invented.holding("point", Meaning.UNDONE)));
    services.holdings.put("reservation", List.of(Invented.holding("reservation", Meaning.DONE)));

    JsonNode found = get("/transactions/" + Invented.id(1));

    assertThat(found.path("detail").isNull()).isTrue();
    assertThat(found.path("holdings")).hasSize(2);
    assertThat(found.path("notReached").values())
        .extracting(JsonNode::asString)
        .allMatch(line -> line.startsWith("payment: "));
    assertThat(found.at("/disagreements/0/text").asString())
        .startsWith("It is done by reservation and undone by point");
    assertThat(send(operator(request("/transactions", JSON))).statusCode()).isEqualTo(503);
  }

  @Test
  void whatNobodyKnowsIsNotFoundUnlessADatabaseHoldsSomething() {
    String id = Invented.id(1).toString();

    HttpResponse<String> unknown = send(operator(request("/transactions/" + id, JSON)));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(type(unknown)).isEqualTo("urn:ticketing:problem:unknown-transaction");

    services.holdings.put("point", List.of(Invented.holding("point", Meaning.OPEN)));
    JsonNode orphan = get("/transactions/" + id);
    assertThat(orphan.path("detail").isNull()).isTrue();
    assertThat(orphan.at("/disagreements/0/text").asString()).contains("an orphan");
  }

  @Test
  void theLogOfAllProcessesIsReadPageByPageWithoutGaps() {
    TransactionSummary one = Invented.completed(1);
    services.logs.put(
        "payment",
        List.of(
            Invented.phase(one, "payment", "p1", 0, 1),
            Invented.phase(one, "payment", "p2", 20, 1),
            Invented.phase(one, "payment", "p3", 40, 1)));
    services.logs.put("point", List.of(Invented.phase(one, "point", "q1", 10, 1)));
    services.keptSince = Instant.parse("2026-11-20T00:00:00Z");

    JsonNode first = get("/transactions/log?size=2");
    JsonNode second = get("/transactions/log?size=2&after=" + first.path("next").asString());
    JsonNode third = get("/transactions/log?size=2&after=" + second.path("next").asString());

    assertThat(phases(first)).containsExactly("p1", "q1", "p2");
    assertThat(phases(second)).containsExactly("p3");
    assertThat(phases(third)).isEmpty();
    assertThat(third.path("next").isNull()).isTrue();
    assertThat(first.path("keptSince").asString()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(send(operator(request("/transactions/log?after=nonsense", JSON))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void steeringIsPassedOnWithItsReasonAndAnsweredByTheService() {
    services.effects =
        (order, transaction) ->
            transaction.equals("refused")
                ? Effect.refused("It is decided to happen.")
                : new Effect(List.of("roll back"), order.heuristic(), null, true);

    JsonNode previews = tree(send(operator(post("/transactions/previews", order("UNDO", "a")))));
    assertThat(previews.at("/0/effect/steps/0").asString()).isEqualTo("roll back");
    assertThat(services.steerings).isEmpty();

    JsonNode done =
        tree(send(operator(post("/transactions/steerings", order("UNDO", "a\",\"refused")))));
    assertThat(done.at("/1/effect/refusal").asString()).isEqualTo("It is decided to happen.");
    JsonNode listed = get("/transactions/steerings").path("steerings");
    assertThat(listed).hasSize(2);
    assertThat(listed.at("/0/reason").asString()).isEqualTo("the night shift");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"transactions\":[\"a\"]}",
        "{\"steering\":\"RETRY\",\"transactions\":[]}",
        "{\"steering\":\"EXPLODE\",\"transactions\":[\"a\"]}",
        "{\"steering\":\"RETRY\",\"transactions\":[\"\"]}",
        "no JSON"
      })
  void aMalformedOrderIsRefusedHere(String body) {
    HttpResponse<String> answer = send(operator(post("/transactions/steerings", body)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(type(answer)).isEqualTo("urn:ticketing:problem:invalid-request");
    assertThat(services.calls).isEmpty();
  }

  @Test
  void anOrderThatIsTooLongIsRefusedUnread() {
    String body = order("RETRY", "x".repeat(70_000));

    assertThat(send(operator(post("/transactions/steerings", body))).statusCode()).isEqualTo(413);
  }

  @Test
  void usersSignInAtTheUserService() {
    JsonNode session = tree(send(logIn(InventedServices.OPERATOR, InventedServices.PASSWORD)));
    assertThat(session.path("token").asString()).isEqualTo(InventedServices.OPERATOR_TOKEN);
    assertThat(session.path("operator").asBoolean()).isTrue();

    HttpResponse<String> wrong = send(logIn(InventedServices.OPERATOR, "guessed"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(type(wrong)).isEqualTo("urn:ticketing:problem:wrong-credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/transactions", "/transactions/4711", "/transactions/log?payment=x"})
  void browsersGetThePageWithoutAToken(String path) {
    HttpResponse<String> page = send(request(path, BROWSER).build());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body())
        .contains("/tracker/app.js")
        .doesNotContain("<style", "style=", "onclick");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void thePageBringsEverythingAlong() {
    for (String file :
        List.of("app.js", "list.js", "rows.js", "timeline.js", "style.css", "icon.svg")) {
      HttpResponse<String> answer = send(request("/tracker/" + file, "*/*").build());
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
      assertThat(answer.body()).doesNotContainPattern("https?://(?!www\\.w3\\.org)");
    }
    assertThat(tree(send(request("/tracker/links.json", JSON).build())).path("trace").asString())
        .isEqualTo("http://traces/{payment}");
    assertThat(send(request("/", BROWSER).build()).headers().firstValue("Location"))
        .hasValue("/transactions");
    assertThat(send(request("/actuator/health/readiness", "*/*").build()).statusCode())
        .isEqualTo(200);
    assertThat(send(request("/elsewhere", "*/*").build()).statusCode()).isEqualTo(404);
  }

  @Test
  void theApiIsDescribed() {
    String document = send(request("/v3/api-docs/tracker", "*/*").build()).body();

    assertThat(document)
        .contains(
            "\"/transactions\"",
            "\"/transactions/{id}\"",
            "\"/transactions/log\"",
            "\"/transactions/steerings\"",
            "\"/login\"",
            "\"text/csv\"",
            "\"find\"",
            "\"bearerFormat\":\"JWT\"");
  }

  @Test
  void aProcessThatIsNotToldWhereAServiceIsSaysSoAndEnds() {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    TrackerApplication.class, "--server.port=0", "--logging.level.root=OFF"))
        .hasStackTraceContaining(
            "spring.http.serviceclient.user.base-url must say where the service is.");
  }

  private static JsonNode get(String path) {
    HttpResponse<String> answer = send(operator(request(path, JSON)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return tree(answer);
  }

  private static List<String> phases(JsonNode log) {
    return log.path("entries").values().stream()
        .map(entry -> entry.path("phase").asString())
        .toList();
  }

  private static String order(String steering, String transaction) {
    return """
        {"steering": "%s", "transactions": ["%s"], "reason": "the night shift"}
        """
        .formatted(steering, transaction);
  }

  private static HttpRequest logIn(String email, String password) {
    return post("/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password))
        .build();
  }

  private static HttpRequest.Builder request(String path, String accepted) {
    return HttpRequest.newBuilder(tracker.at(path)).header("Accept", accepted);
  }

  private static HttpRequest.Builder post(String path, String body) {
    return request(path, JSON).header("Content-Type", JSON).POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest operator(HttpRequest.Builder request) {
    return as(InventedServices.OPERATOR_TOKEN, request);
  }

  private static HttpRequest as(String token, HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + token).build();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return MAPPER.readTree(answer.body());
  }

  private static String type(HttpResponse<String> answer) {
    return tree(answer).path("type").asString();
  }
}

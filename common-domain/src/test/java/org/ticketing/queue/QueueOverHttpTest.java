package org.ticketing.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Problems;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import tools.jackson.databind.json.JsonMapper;

/** Tests who may do what with a token, and that the jobs run. */
@OnRealDatabase.Postgresql
class QueueOverHttpTest {

  @LocalServerPort private int port;
  @Autowired private ConcertApi concerts;
  @Autowired private JsonMapper json;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();
  private final UUID ann = UUID.randomUUID();
  private final String asAnn = Bearer.user(keys, ann);
  private final String asBob = Bearer.user(keys, UUID.randomUUID());
  private final String asReservation = OnRealDatabase.Servers.token("reservation", "queue");
  private final String asPayment = OnRealDatabase.Servers.token("payment", "queue");
  private UUID schedule;

  @BeforeEach
  void openSales() {
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    schedule =
        concerts
            .schedule(
                concert, new ScheduleDetails("City Hall", Instant.now().plus(1, ChronoUnit.DAYS)))
            .id();
  }

  @Test
  void aTokenIsIssuedToTheSignedInUser() throws Exception {
    HttpResponse<String> taken = take(asAnn);
    assertThat(taken.statusCode()).isEqualTo(201);
    assertThat(taken.body()).contains("\"userId\":\"" + ann + "\"");
    HttpResponse<String> again = take(asAnn);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(idOf(again)).isEqualTo(idOf(taken));
    assertThat(idOf(take(asBob))).isNotEqualTo(idOf(taken));
  }

  @Test
  void aTokenCanOnlyBeReadAndLeftByItsCustomer() throws Exception {
    String path = "/queue-tokens/" + idOf(take(asAnn));
    assertRefused(403, "not-your-queue-token", send("GET", path, asBob, null));
    assertRefused(403, "not-your-queue-token", send("DELETE", path, asBob, null));
    assertRefused(
        403,
        "not-your-queue-token",
        send("GET", path, Bearer.user(keys, UUID.randomUUID(), "OPERATOR"), null));
    assertThat(send("GET", path, asAnn, null).body()).doesNotContain("LEFT");
    assertRefused(403, "forbidden", send("GET", path, asReservation, null));
  }

  @Test
  void leavingIsIdempotent() throws Exception {
    String path = "/queue-tokens/" + idOf(take(asAnn));
    assertThat(send("DELETE", path, asAnn, null).statusCode()).isEqualTo(204);
    assertThat(send("DELETE", path, asAnn, null).statusCode()).isEqualTo(204);
    assertThat(send("GET", path, asAnn, null).body()).contains("\"status\":\"LEFT\"");
  }

  @Test
  void anUnknownTokenIsNotFound() throws Exception {
    String path = "/queue-tokens/" + UUID.randomUUID();
    assertRefused(404, "unknown-queue-token", send("GET", path, asAnn, null));
    assertRefused(404, "unknown-queue-token", send("DELETE", path, asAnn, null));
  }

  @Test
  void noTokenIsIssuedForAScheduleThatIsNotOnSale() throws Exception {
    concerts.cancelSchedule(schedule);
    assertRefused(409, "not-on-sale", take(asAnn));
    schedule = UUID.randomUUID();
    assertRefused(404, "unknown-schedule", take(asAnn));
  }

  @Test
  void aRequestForATokenMustNameASchedule() throws Exception {
    assertRefused(400, "invalid-request", send("POST", "/queue-tokens", asAnn, "{}"));
  }

  @Test
  void noTokenIsIssuedWithoutSigningIn() throws Exception {
    assertRefused(401, "authentication-required", take(null));
    assertRefused(403, "forbidden", take(asReservation));
  }

  @Test
  void theJobAdmitsAWaitingCustomerAndAPaymentEndsTheToken() throws Exception {
    String path = "/queue-tokens/" + idOf(take(asAnn));
    String admission = "/internal/queue/admission?userId=%s&scheduleId=%s".formatted(ann, schedule);
    Awaitility.await()
        .until(
            () -> send("GET", path, asAnn, null).body(),
            token -> token.contains("\"status\":\"ACTIVE\""));
    assertThat(send("GET", admission, asReservation, null).body()).isEqualTo("{\"admitted\":true}");

    String ending =
        "[{\"userId\":\"%s\",\"scheduleId\":\"%s\",\"paidAt\":\"%s\"}]"
            .formatted(ann, schedule, Instant.now());
    for (int delivery = 1; delivery <= 2; delivery++) {
      assertThat(send("POST", "/internal/queue/endings", asPayment, ending).statusCode())
          .isEqualTo(204);
    }
    assertThat(send("GET", path, asAnn, null).body()).contains("\"status\":\"USED\"");
    assertThat(send("GET", admission, asReservation, null).body())
        .isEqualTo("{\"admitted\":false}");
  }

  @Test
  void onlyServicesMayAskForAdmissionsAndReportEndings() throws Exception {
    String admission = "/internal/queue/admission?userId=%s&scheduleId=%s".formatted(ann, schedule);
    assertRefused(403, "forbidden", send("GET", admission, asAnn, null));
    String ending =
        "[{\"userId\":\"%s\",\"scheduleId\":\"%s\",\"paidAt\":\"%s\"}]"
            .formatted(ann, schedule, Instant.now());
    assertRefused(403, "forbidden", send("POST", "/internal/queue/endings", asAnn, ending));
    assertRefused(400, "invalid-request", send("POST", "/internal/queue/endings", asPayment, "{}"));
    assertRefused(
        400, "invalid-request", send("GET", "/internal/queue/admission", asReservation, null));
  }

  @Test
  void aListOfEndingsHasOneToAHundredCompleteEntries() throws Exception {
    String ending =
        "{\"userId\":\"%s\",\"scheduleId\":\"%s\",\"paidAt\":\"%s\"}"
            .formatted(ann, schedule, Instant.now());
    assertThat(end(Collections.nCopies(AdmissionApi.MOST, ending)).statusCode()).isEqualTo(204);
    assertRefused(400, "invalid-request", end(Collections.nCopies(AdmissionApi.MOST + 1, ending)));
    assertRefused(400, "invalid-request", end(List.of()));
    assertRefused(400, "invalid-request", end(List.of(ending, "null")));
    assertRefused(400, "invalid-request", end(List.of(ending, "{}")));
    assertRefused(400, "invalid-request", end(List.of(ending.replace("paidAt", "at"))));
  }

  private HttpResponse<String> end(List<String> endings) throws IOException, InterruptedException {
    return send("POST", "/internal/queue/endings", asPayment, endings.toString());
  }

  private HttpResponse<String> take(String bearer) throws IOException, InterruptedException {
    return send("POST", "/queue-tokens", bearer, "{\"scheduleId\":\"" + schedule + "\"}");
  }

  private HttpResponse<String> send(String method, String path, String bearer, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private UUID idOf(HttpResponse<String> token) {
    return json.readValue(token.body(), Identified.class).id();
  }

  private static void assertRefused(int status, String type, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"type\":\"" + Problems.TYPE_PREFIX + type + "\"");
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Identified(UUID id) {}
}

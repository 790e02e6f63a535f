package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class MetricsTest {

  private static final String METRICS = "/actuator/prometheus";

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void requestsAreMeasuredByTheirPathsAndNothingOfTheirSecurity() throws Exception {
    assertThat(get("/concerts", null).statusCode()).isEqualTo(200);

    HttpResponse<String> metrics = get(METRICS, keys.scrapeToken());

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("uri=\"/concerts\"", "hikaricp_connections_active", "jvm_memory_used_bytes")
        .doesNotContain("spring_security", "http_server_requests_active", "logback_events");
  }

  @Test
  void observationsMakeNoTimersBesideThoseOfEverything() {
    assertThat(context.getBeanNamesForType(MeterObservationHandler.class)).isEmpty();
  }

  @Test
  void thoseWhoWatchAProcessAreNotMeasured() throws Exception {
    assertThat(get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);

    assertThat(get(METRICS, keys.scrapeToken()).body()).doesNotContain("/actuator");
  }

  @Test
  void nobodyElseReadsMetrics() throws Exception {
    String user = Bearer.user(keys, UUID.randomUUID());
    String operator = Bearer.user(keys, UUID.randomUUID(), "OPERATOR", "SCRAPER");
    String service = OnRealDatabase.Servers.token("payment", "point");

    for (String token : new String[] {null, "garbage", user, operator, service}) {
      assertThat(get(METRICS, token).statusCode()).isEqualTo(401);
    }
    assertThat(get(METRICS + "/", user).statusCode()).isEqualTo(404);
    assertThat(get("/actuator//prometheus", user).statusCode()).isEqualTo(400);
    assertThat(get("/%61ctuator/prometheus", user).statusCode()).isIn(400, 403);
  }

  @Test
  void theTokenForMetricsIsForNothingElse() throws Exception {
    assertThat(get("/payments", keys.scrapeToken()).statusCode()).isEqualTo(401);
    assertThat(get("/concerts", keys.scrapeToken()).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

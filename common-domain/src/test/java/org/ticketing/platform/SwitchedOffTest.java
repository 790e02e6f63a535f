package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
@TestPropertySource(
    properties = {"ticketing.observability.enabled=false", "ticketing.tracking.enabled=false"})
class SwitchedOffTest {

  @LocalServerPort private int port;

  @Autowired private ApplicationContext context;
  @Autowired private ObservationRegistry observations;
  @Autowired private TransactionLog log;

  @Test
  void withoutObservabilityNothingIsMeasuredOrTraced() {
    assertThat(observations.isNoop()).isTrue();
    assertThat(context.getBeanNamesForType(MeterRegistry.class)).isEmpty();
    assertThat(context.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
  }

  @Test
  void withoutTrackingNothingIsLogged() {
    assertThat(log).isSameAs(TransactionLog.NONE);
  }

  @Test
  void andThereIsNothingToRead() throws Exception {
    assertThat(status("/actuator/prometheus")).isEqualTo(404);
    assertThat(status("/actuator/metrics")).isEqualTo(401);
  }

  @Test
  void norToSwitchOn() {
    String operator =
        Bearer.user(OnRealDatabase.Servers.get().keys(), UUID.randomUUID(), "OPERATOR");

    assertThatExceptionOfType(HttpClientErrorException.NotFound.class)
        .isThrownBy(() -> Apis.at(port).as(operator).api(ObservabilityApi.class).state());
  }

  private int status(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + OnRealDatabase.Servers.get().keys().scrapeToken())
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

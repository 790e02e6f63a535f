package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.workload.NotMeasuredException;

/** What takes the place of a collector of traces, and of Prometheus. */
class ObserversTest {

  private static final String TOKEN = "a token";
  private static final Duration OFTEN = Duration.ofMillis(20);

  private HttpServer process;

  @BeforeEach
  void startProcess() throws IOException {
    process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    process.start();
  }

  @AfterEach
  void endProcess() {
    process.stop(0);
  }

  @Test
  void tracesAreReceivedAndCounted() throws Exception {
    try (TraceSink traces = TraceSink.start()) {
      HttpRequest export =
          HttpRequest.newBuilder(URI.create(traces.url()))
              .POST(BodyPublishers.ofByteArray(new byte[100_000]))
              .build();
      int status = HttpClient.newHttpClient().send(export, BodyHandlers.discarding()).statusCode();

      assertThat(status).isEqualTo(200);
      assertThat(traces.exports()).isOne();
    }
  }

  @Test
  void metricsAreReadAgainAndAgain() {
    answer(200);
    try (Scrapes scrapes = new Scrapes(TOKEN, OFTEN)) {
      scrapes.read(List.of(url()));
      await().until(() -> scrapes.answered() > 2);

      assertThatCode(scrapes::requireAnswered).doesNotThrowAnyException();
    }
  }

  @Test
  void aProcessThatShowsNoMetricsIsNamed() {
    answer(401);
    try (Scrapes scrapes = new Scrapes(TOKEN, OFTEN)) {
      scrapes.read(List.of(url()));
      await()
          .untilAsserted(
              () ->
                  assertThatExceptionOfType(NotMeasuredException.class)
                      .isThrownBy(scrapes::requireAnswered)
                      .withMessage("GET %s/actuator/prometheus was answered with 401.", url()));
    }
  }

  @Test
  void aProcessThatDoesNotAnswerIsAskedAgain() throws Exception {
    process.stop(0);
    int port = process.getAddress().getPort();
    try (Scrapes scrapes = new Scrapes(TOKEN, OFTEN)) {
      scrapes.read(List.of(url()));
      process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      answer(200);
      process.start();
      await().until(() -> scrapes.answered() > 0);

      assertThatCode(scrapes::requireAnswered).doesNotThrowAnyException();
    }
  }

  @Test
  void aProcessIsAskedUntilAnotherOneIs() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    other.start();
    answer(200);
    try (Scrapes scrapes = new Scrapes(TOKEN, OFTEN)) {
      scrapes.read(List.of("http://127.0.0.1:" + other.getAddress().getPort()));
      await().until(() -> asked.get() > 0);
      scrapes.read(List.of(url()));
      await().until(() -> scrapes.answered() > 0);
      int before = asked.get();
      await().until(() -> scrapes.answered() > 2);

      assertThat(asked).hasValue(before);
    } finally {
      other.stop(0);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + process.getAddress().getPort();
  }

  private void answer(int status) {
    process.createContext(
        "/actuator/prometheus",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("Authorization");
          exchange.sendResponseHeaders(("Bearer " + TOKEN).equals(token) ? status : 403, -1);
          exchange.close();
        });
  }
}

package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;

class PublicApisTest {

  private static final UUID USER = UUID.randomUUID();

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private PublicApis apis;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    apis = PublicApis.at(service -> url, Connections.ofApis());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whoIsRefusedBecauseOfTooManyOthersComesBack() {
    answerFirst("0");

    assertThat(apis.points().wallet(USER).balance()).isEqualTo(7);
    assertThat(requests).hasValue(3);
  }

  @Test
  void anyOtherFailureIsTold() {
    answerFirst(null);

    assertThatThrownBy(() -> apis.points().wallet(USER)).isInstanceOf(ServiceUnavailable.class);
    assertThat(requests).hasValue(1);
  }

  /** Refuses the first two requests. */
  private void answerFirst(String retryAfter) {
    server.createContext(
        "/",
        exchange -> {
          if (requests.incrementAndGet() < 3) {
            if (retryAfter != null) {
              exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            send(exchange, 503, "{}");
          } else {
            send(exchange, 200, "{\"userId\":\"%s\",\"balance\":7,\"reserved\":0}".formatted(USER));
          }
        });
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

class KeptHalfAsLongTest {

  /** Of a second; less than a second, in which the server would close the connection. */
  private static final Duration LONGER_THAN_HALF = Duration.ofMillis(600);

  private HttpServer server;
  private RestClient client;
  private volatile int announced;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] caller = String.valueOf(exchange.getRemoteAddress().getPort()).getBytes();
          exchange.getResponseHeaders().set("Keep-Alive", "timeout=" + announced);
          exchange.sendResponseHeaders(200, caller.length);
          exchange.getResponseBody().write(caller);
          exchange.close();
        });
    server.start();
    client =
        RestClient.builder()
            .requestFactory(new ServiceCalls().pooledConnections().build())
            .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aConnectionIsUsedAgain() {
    announced = 60;

    assertThat(connection()).isEqualTo(connection());
  }

  /** Without it the connection would be used at every poll, and stay the same. */
  @Test
  void butNotWhenTheServerMayBeAboutToCloseIt() {
    announced = 1;
    String used = connection();

    await()
        .pollDelay(LONGER_THAN_HALF)
        .pollInterval(LONGER_THAN_HALF)
        .until(() -> !connection().equals(used));
  }

  /** Returns the port that the call came from. */
  private String connection() {
    return client.get().uri("/").retrieve().body(String.class);
  }
}

package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

/**
 * A server that keeps a connection for two seconds may close it under a request that comes then.
 */
class KeptHalfAsLongTest {

  private static final Duration LONGER_THAN_HALF = Duration.ofMillis(1200);

  private HttpServer server;
  private RestClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] caller = String.valueOf(exchange.getRemoteAddress().getPort()).getBytes();
          exchange.getResponseHeaders().set("Keep-Alive", "timeout=2");
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
    assertThat(connection()).isEqualTo(connection());
  }

  @Test
  void butNotWhenTheServerMayBeAboutToCloseIt() throws InterruptedException {
    String used = connection();
    Thread.sleep(LONGER_THAN_HALF.toMillis());

    assertThat(connection()).isNotEqualTo(used);
  }

  /** Returns the port that the call came from. */
  private String connection() {
    return client.get().uri("/").retrieve().body(String.class);
  }
}

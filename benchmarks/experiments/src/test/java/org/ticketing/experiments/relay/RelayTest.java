package org.ticketing.experiments.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.relay.Relay.Loss;

class RelayTest {

  private final AtomicInteger received = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    relay = new Relay();
    relay.forwardTo(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    relay.close();
    server.stop(0);
  }

  @Test
  void forwardsRequestsAndAnswers() throws Exception {
    assertThat(post()).isEqualTo(204);
    assertThat(post()).isEqualTo(204);
    assertThat(received).hasValue(2);
  }

  @Test
  void losesRequestsOnOpenConnectionsToo() throws Exception {
    post();
    relay.lose(Loss.REQUESTS);

    assertThatExceptionOfType(IOException.class).isThrownBy(this::post);
    assertThat(received).hasValue(1);

    relay.lose(Loss.NOTHING);
    assertThat(post()).isEqualTo(204);
  }

  @Test
  void losesAnswersToRequestsThatHaveArrived() throws Exception {
    post();
    relay.lose(Loss.ANSWERS);

    assertThatExceptionOfType(IOException.class).isThrownBy(this::post);
    assertThat(received).hasValueGreaterThan(1);
  }

  @Test
  void acceptsNoConnectionWhileItIsDown() throws Exception {
    post();
    relay.down();

    assertThatExceptionOfType(IOException.class).isThrownBy(this::post);

    relay.up();
    assertThat(post()).isEqualTo(204);
  }

  @Test
  void delaysRequestsAndAnswersByHalfARoundTripEach() throws Exception {
    try (Relay distant = distant(Duration.ofMillis(20), server.getAddress().getPort())) {
      long began = System.nanoTime();

      assertThat(post(distant)).isEqualTo(204);

      // Cannot be less, however fast or slow the machine is.
      assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(40_000_000L);
    }
  }

  @Test
  void theDelayOfAnOpenConnectionCanBeChanged() throws Exception {
    try (Relay distant = distant(Duration.ZERO, server.getAddress().getPort())) {
      assertThat(post(distant)).isEqualTo(204);
      distant.delay(Duration.ofMillis(20));
      long began = System.nanoTime();

      assertThat(post(distant)).isEqualTo(204);

      assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(40_000_000L);
    }
  }

  @Test
  void keepsDelayedBytesInOrderAndDeliversAllOfThemBeforeTheConnectionEnds() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay distant = distant(Duration.ofMillis(5), receiver.getLocalPort());
        Socket sender = new Socket(InetAddress.getLoopbackAddress(), distant.port());
        Socket arrived = receiver.accept()) {
      CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(() -> readAll(arrived));
      sender.getOutputStream().write(sent);
      sender.close();

      assertThat(all.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
    }
  }

  private static Relay distant(Duration delay, int target) throws IOException {
    Relay distant = new Relay(delay);
    distant.forwardTo(target);
    return distant;
  }

  private static byte[] readAll(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private int post() throws IOException, InterruptedException {
    return post(relay);
  }

  private int post(Relay relay) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port()))
                .POST(HttpRequest.BodyPublishers.ofString("body"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

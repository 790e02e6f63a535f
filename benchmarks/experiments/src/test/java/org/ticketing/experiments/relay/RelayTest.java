package org.ticketing.experiments.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
import org.ticketing.experiments.relay.Relay.Direction;
import org.ticketing.experiments.relay.Relay.Treatment;

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
    relay.treat(Direction.REQUESTS, Treatment.LOSE);

    assertThatExceptionOfType(IOException.class).isThrownBy(this::post);
    assertThat(received).hasValue(1);

    relay.treat(Direction.REQUESTS, Treatment.FORWARD);
    assertThat(post()).isEqualTo(204);
  }

  @Test
  void losesAnswersToRequestsThatHaveArrived() throws Exception {
    post();
    relay.treat(Direction.ANSWERS, Treatment.LOSE);

    assertThatExceptionOfType(IOException.class).isThrownBy(this::post);
    assertThat(received).hasValueGreaterThan(1);
  }

  @Test
  void swallowsARequestWithoutEndingItsConnection() throws Exception {
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay silent = to(receiver);
        Socket caller = connect(silent);
        Socket called = receiver.accept()) {
      silent.treat(Direction.REQUESTS, Treatment.SWALLOW);
      caller.getOutputStream().write(1);
      await().until(() -> silent.disturbed() == 1);
      silent.treat(Direction.REQUESTS, Treatment.FORWARD);
      caller.getOutputStream().write(2);
      called.getOutputStream().write(3);

      assertThat(caller.getInputStream().read()).as("the other direction").isEqualTo(3);
      assertThat(silent.disturbed()).isEqualTo(1);
      caller.close();
      assertThat(called.getInputStream().read()).as("nothing but the end").isEqualTo(-1);
    }
  }

  @Test
  void tellsNobodyOfAnEndWhileItSwallows() throws Exception {
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay silent = to(receiver);
        Socket caller = connect(silent);
        Socket called = receiver.accept()) {
      silent.treat(Direction.ANSWERS, Treatment.SWALLOW);
      called.close();
      caller.setSoTimeout(200);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> caller.getInputStream().read());
      caller.getOutputStream().write(1);
      caller.getOutputStream().write(2);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> caller.getInputStream().read());

      silent.treat(Direction.ANSWERS, Treatment.FORWARD);
      caller.setSoTimeout(10_000);
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void answersNobodyWhoConnectsWhileItSwallows() throws Exception {
    relay.treat(Direction.REQUESTS, Treatment.SWALLOW);
    try (Socket caller = connect(relay)) {
      await().until(() -> relay.disturbed() == 1);
      relay.treat(Direction.REQUESTS, Treatment.FORWARD);
      caller.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      caller.setSoTimeout(200);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> caller.getInputStream().read());
    }
    assertThat(received).hasValue(0);
    assertThat(post()).as("over a new connection").isEqualTo(204);
  }

  @Test
  void deliversLateWhatItHasDetainedAlsoIfNobodyWaitsForItAnyMore() throws Exception {
    relay.treat(Direction.REQUESTS, Treatment.DETAIN);
    try (Socket caller = connect(relay)) {
      caller.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
    }
    assertThat(received).hasValue(0);

    relay.treat(Direction.REQUESTS, Treatment.FORWARD);

    await().until(() -> received.get() == 1);
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

  @Test
  void deliversWhatSomebodySendsWhoEndsTheConnectionAtOnce() throws Exception {
    try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay distant = distant(Duration.ofMillis(5), receiver.getLocalPort())) {
      for (int connection = 0; connection < 200; connection++) {
        try (Socket sender = connect(distant)) {
          sender.getOutputStream().write(connection);
        }
        try (Socket arrived = receiver.accept()) {
          assertThat(readAll(arrived)).containsExactly(connection);
        }
      }
    }
  }

  private static Relay to(ServerSocket receiver) throws IOException {
    Relay relay = new Relay();
    relay.forwardTo(receiver.getLocalPort());
    return relay;
  }

  private static Socket connect(Relay relay) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
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

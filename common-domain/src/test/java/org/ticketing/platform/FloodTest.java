package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec;
import org.ticketing.testing.Apis;
import org.ticketing.testing.DefaultSettings;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/**
 * Whatever those send who have not signed in, the calls of other services are answered before they
 * are given up. Hashing a password takes long here.
 */
@OnRealDatabase.Postgresql
@TestPropertySource(
    properties = {"ticketing.user.password-hash-memory=65536", "ticketing.timeouts.body=2s"})
class FloodTest {

  private static final int FLOOD = 250;
  private static final int CALLS = 15;
  private static final Duration CALL = new DefaultSettings().timeouts().answer();
  private static final String LARGEST_BODY = "65536";

  @LocalServerPort private int port;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Socket> clients = new ArrayList<>();
  private UUID ann;

  @BeforeEach
  void register() {
    String email = UUID.randomUUID() + "@example.org";
    ann =
        Apis.at(port)
            .api(UserApi.class)
            .register(new Registration(email, "Ann", "correct horse"))
            .id();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /login | {"email":"%s@example.org","password":"wrong password"}
          /users | {"email":"%s@example.org","name":"Bob","password":"another password"}
          """)
  void ofRequestsThatHashPasswordsLeavesTheCallsOfServicesAnswered(String path, String body) {
    List<CompletableFuture<HttpResponse<String>>> flood =
        IntStream.range(0, FLOOD)
            .mapToObj(i -> post(path, body.formatted(UUID.randomUUID())))
            .map(request -> send(request.build()))
            .toList();

    assertThat(callsOfServices()).hasSize(2 * CALLS).containsOnly(200);
    assertThat(flood.stream().map(CompletableFuture::join))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isIn(201, 401, 503);
              assertThat(answer.headers().firstValue("Retry-After").isPresent())
                  .isEqualTo(answer.statusCode() == 503);
            });
  }

  @Test
  void ofBodiesThatDoNotComeLeavesTheCallsOfServicesAnswered() throws Exception {
    for (int i = 0; i < FLOOD; i++) {
      stopInTheMiddleOfABody();
    }
    await().until(() -> answered() > 0);

    assertThat(callsOfServices()).hasSize(2 * CALLS).containsOnly(200);

    await().atMost(Duration.ofMinutes(1)).until(() -> answered() == FLOOD);
    for (Socket client : clients) {
      assertThat(answer(client)).containsAnyOf("request-timeout", "service-unavailable");
    }
  }

  @Test
  void aBodyThatComesByteByByteIsNotWaitedFor() throws Exception {
    Socket client = stopInTheMiddleOfABody();

    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              client.getOutputStream().write(' ');
              return client.getInputStream().available() > 0;
            });

    assertThat(answer(client)).contains(" 408 ", Problems.TYPE_PREFIX + "request-timeout");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatIsTooLargeIsRefusedWhetherOrNotItSaysSo(boolean saysSo) {
    HttpResponse<String> answer = send(loginOf(Integer.parseInt(LARGEST_BODY) + 1, saysSo)).join();

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains(Problems.TYPE_PREFIX + "content-too-large", LARGEST_BODY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyOfTheLargestSizeIsRead(boolean saysSo) {
    assertThat(send(loginOf(Integer.parseInt(LARGEST_BODY), saysSo)).join().statusCode())
        .isEqualTo(401);
  }

  @Test
  void filesAreNotTaken() {
    HttpRequest.Builder request = post("/users", "--x\r\n\r\n\r\n--x--\r\n");
    request.setHeader("Content-Type", "multipart/form-data; boundary=x");

    HttpResponse<String> answer = send(request.build()).join();

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains(Problems.TYPE_PREFIX + "unsupported-media-type");
  }

  /**
   * Of look-ups with and without a body, as services make them: the client has the body before it
   * sends anything, and sends it with the headers. A body that comes after its headers, or whose
   * end does, as of one that is written in chunks, may be one that is waited for.
   */
  private List<Integer> callsOfServices() {
    RestClient service =
        RestClient.builder()
            .requestFactory(
                new ServiceCalls()
                    .pooledConnections()
                    .build(HttpClientSettings.defaults().withReadTimeout(CALL)))
            .bufferContent((uri, method) -> true)
            .baseUrl(uri("").toString())
            .defaultHeaders(
                headers -> headers.setBearerAuth(OnRealDatabase.Servers.token("payment", "user")))
            .build();
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      return IntStream.range(0, CALLS)
          .boxed()
          .flatMap(
              i ->
                  Stream.of(
                      service
                          .post()
                          .uri("/internal/reservations/lookups")
                          .body(List.of(UUID.randomUUID())),
                      service.get().uri("/users/{id}", ann)))
          .map(call -> CompletableFuture.supplyAsync(() -> statusOf(call), callers))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    } finally {
      callers.shutdown();
    }
  }

  private static int statusOf(RequestHeadersSpec<?> call) {
    return call.exchange((request, answer) -> answer.getStatusCode().value());
  }

  /** A login with spaces at its end. */
  private HttpRequest loginOf(int size, boolean saysSo) {
    String login = "{\"email\":\"a@example.org\",\"password\":\"wrong\"}";
    byte[] body = (login + " ".repeat(size - login.length())).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = post("/login", "");
    return request
        .POST(
            saysSo
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
        .build();
  }

  private HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private Socket stopInTheMiddleOfABody() throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), port);
    clients.add(client);
    client
        .getOutputStream()
        .write(
            """
            POST /login HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: 10000\r
            \r
            {"""
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private long answered() throws IOException {
    long answered = 0;
    for (Socket client : clients) {
      answered += client.getInputStream().available() > 0 ? 1 : 0;
    }
    return answered;
  }

  private static String answer(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    return new String(in.readNBytes(in.available()), StandardCharsets.US_ASCII);
  }
}

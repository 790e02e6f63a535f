package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.live.Run.Phase;
import org.ticketing.stack.run.UnusableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LivePageTest {

  private static final String ORDER =
      "{\"rate\": 5, \"seconds\": 2, \"refusals\": 0, \"kill\": \"\", \"after\": 1}";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final RehearsedStage stage = new RehearsedStage(0, 1);
  private final Performances performances = new Performances(stage);
  private LivePage page;

  @BeforeEach
  void open() throws IOException {
    page = LivePage.serve(performances, LivePage.bind(0));
  }

  @AfterEach
  void close() {
    page.close();
    performances.close();
  }

  @ParameterizedTest
  @CsvSource({"'', text/html", "live.css, text/css", "live.js, text/javascript"})
  void itsFilesNeedNothingFromElsewhere(String file, String type) throws Exception {
    HttpResponse<String> response = send(request(file).GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type + "; charset=utf-8");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(response.body()).doesNotContain("https://", "src=\"http");
  }

  @Test
  void saysWhatCanBeOrdered() throws Exception {
    JsonNode offer = JSON.readTree(send(request("offer").GET()).body());

    assertThat(offer.path("systems").values())
        .extracting(node -> node.asString())
        .containsExactly("upright", "careless");
    assertThat(offer.path("killable").values())
        .extracting(node -> node.asString())
        .containsExactly("payment", "postgresql", "seata");
    assertThat(offer.path("highestRate").asInt()).isEqualTo(Order.HIGHEST_RATE);
  }

  @Test
  void playsOneOrderAtATimeAndStopsIt() throws Exception {
    assertThat(post("orders", ORDER).statusCode()).isEqualTo(202);
    await().until(() -> performances.shown().phase() == Phase.PAYING);

    HttpResponse<String> second = post("orders", ORDER);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(detail(second)).isEqualTo("A load is under way: one at a time.");

    assertThat(post("stops", "{}").statusCode()).isEqualTo(202);
    await().until(() -> performances.shown().phase() == Phase.OVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | nowhere | 404 | There is no such page.
          GET  | orders  | 405 | Ask with POST.
          POST | offer   | 405 | Ask with GET.
          PUT  | ''      | 405 | Ask with GET.
          POST | orders  | 400 | rate must be a whole number.
          """)
  void saysInOneLineWhatIsWrong(String method, String path, int status, String reason)
      throws Exception {
    HttpResponse<String> response =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(detail(response)).isEqualTo(reason);
  }

  @Test
  void takesNoOrderThatAFormOfAnotherPageCouldSend() throws Exception {
    assertThat(
            send(request("orders")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(ORDER)))
                .statusCode())
        .isEqualTo(415);
    assertThat(
            send(request("orders")
                    .header("Content-Type", "application/json")
                    .header("Origin", "https://example.org")
                    .POST(BodyPublishers.ofString(ORDER)))
                .statusCode())
        .isEqualTo(403);
    assertThat(performances.shown().phase()).isEqualTo(Phase.READY);
  }

  @Test
  void answersUnderNoOtherName() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket
          .getOutputStream()
          .write(
              "GET /offer HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void tellsAtOnceAndAgainWhatIsShown() throws Exception {
    HttpResponse<InputStream> events =
        http.send(request("events").GET().build(), BodyHandlers.ofInputStream());

    assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      assertThat(event(lines).path("phase").asString()).isEqualTo("READY");
      post("orders", ORDER);
      JsonNode shown = event(lines);
      while (!shown.path("busy").asBoolean()) {
        shown = event(lines);
      }
      assertThat(shown.path("order").path("rate").asInt()).isEqualTo(5);
      assertThat(shown.path("systems").path(0).path("strike").path("target").asString())
          .isEqualTo("payment");
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    assertThatThrownBy(() -> LivePage.bind(port()))
        .isInstanceOf(UnusableException.class)
        .hasMessage("Port %d is taken; choose another one.".formatted(port()));
  }

  private static JsonNode event(BufferedReader lines) throws IOException {
    String data = lines.readLine();
    assertThat(data).startsWith("data: ");
    assertThat(lines.readLine()).isEmpty();
    return JSON.readTree(data.substring("data: ".length()));
  }

  private int port() {
    return URI.create(page.url()).getPort();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(page.url() + path));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String detail(HttpResponse<String> response) {
    return JSON.readTree(response.body()).path("detail").asString();
  }
}

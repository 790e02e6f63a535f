package org.ticketing.verification.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.ticketing.workload.Customer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of one customer who does not wait for payments, with all that HTTP says of them. */
public record AsynchronousRequests(Customer customer) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param prefer null without the header
   */
  HttpResponse<String> pay(String key, UUID reservation, String prefer) {
    return post(key, "{\"reservationId\":\"%s\"}".formatted(reservation), prefer);
  }

  HttpResponse<String> post(String key, String body, String prefer) {
    HttpRequest.Builder request =
        request("/payments")
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (prefer != null) {
      request.header("Prefer", prefer);
    }
    return send(request);
  }

  /** Has the payment accepted, and returns its id. */
  public UUID accepted(UUID reservation) {
    HttpResponse<String> answer = pay(UUID.randomUUID().toString(), reservation, "respond-async");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return idIn(answer);
  }

  static UUID idIn(HttpResponse<String> accepted) {
    String location = accepted.headers().firstValue("Location").orElseThrow();
    return UUID.fromString(location.substring("/payments/".length()));
  }

  /**
   * @param tag of what is known already; null if nothing is
   */
  HttpResponse<String> get(UUID payment, String tag) {
    HttpRequest.Builder request = request("/payments/" + payment);
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    return send(request);
  }

  boolean hasEnded(UUID payment) {
    String status = statusOf(payment);
    return status.equals("COMPLETED") || status.equals("FAILED");
  }

  public String statusOf(UUID payment) {
    HttpResponse<String> shown = get(payment, null);
    return shown.statusCode() == 200
        ? JSON.readTree(shown.body()).path("status").asString()
        : "HTTP " + shown.statusCode();
  }

  String reasonOf(UUID payment) {
    JsonNode shown = JSON.readTree(get(payment, null).body());
    return shown.path("reason").asString("");
  }

  /** All events of the payment, until the stream ends. */
  String events(UUID payment) throws IOException, InterruptedException {
    HttpRequest request =
        request("/payments/" + payment + "/events").header("Accept", "text/event-stream").build();
    HttpResponse<InputStream> stream = HTTP.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = stream.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Has the payment accepted, and breaks the connection as soon as it reads that. */
  void acceptedAndGone(String key, UUID reservation) throws IOException {
    URI url = URI.create(customer.apis().url("payment"));
    String body = "{\"reservationId\":\"%s\"}".formatted(reservation);
    String request =
        String.join(
            "\r\n",
            "POST /payments HTTP/1.1",
            "Host: " + url.getAuthority(),
            "Authorization: Bearer " + customer.apis().token(),
            "Idempotency-Key: " + key,
            "Prefer: respond-async",
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body);
    try (Socket connection = new Socket(url.getHost(), url.getPort())) {
      connection.setSoLinger(true, 0); // resets the connection instead of closing it
      connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = connection.getInputStream().readNBytes("HTTP/1.1 202".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 202");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(customer.apis().url("payment") + path))
        .header("Authorization", "Bearer " + customer.apis().token());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ending);
    }
  }
}

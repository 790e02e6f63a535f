package org.ticketing.partner;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.ticketing.partner.DeliverySteps.Post;
import tools.jackson.databind.json.JsonMapper;

/** Posts a sale to a partner's endpoint, signed. */
@Component
class Webhook {

  static final String TIMESTAMP = "Ticketing-Timestamp";
  static final String SIGNATURE = "Ticketing-Signature";
  static final String SALE = "Ticketing-Sale";

  private final PartnerProperties properties;
  private final JsonMapper json;
  private final Clock clock;
  private final HttpClient http;

  Webhook(PartnerProperties properties, JsonMapper json, Clock clock) {
    this.properties = properties;
    this.json = json;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(properties.timeout())
            .build();
  }

  /**
   * @return what went wrong, in a sentence; none if the endpoint accepted it
   * @throws IllegalStateException this process is being stopped; the endpoint may have accepted it
   */
  Optional<String> post(Post post) {
    CompletableFuture<HttpResponse<Void>> answer;
    try {
      answer = http.sendAsync(request(post), HttpResponse.BodyHandlers.discarding());
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.of("The endpoint cannot be called (" + notAnAddress.getMessage() + ").");
    }
    try {
      // The request's own timeout ends with the headers; the body could still take for ever.
      int status = answer.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of("The endpoint answered with status " + status + ".");
    } catch (TimeoutException silence) {
      return Optional.of("The endpoint gave no full answer within " + properties.timeout() + ".");
    } catch (ExecutionException failure) {
      return Optional.of(
          "The endpoint cannot be reached (%s)."
              .formatted(failure.getCause().getClass().getSimpleName()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while posting", stopping);
    } finally {
      answer.cancel(true); // closes the connection of an answer that is still awaited
    }
  }

  private HttpRequest request(Post post) {
    byte[] body = json.writeValueAsBytes(post.sale());
    long timestamp = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(post.url())
        .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
        .header(TIMESTAMP, Long.toString(timestamp))
        .header(SIGNATURE, Signature.of(post.secret(), timestamp, body))
        .header(SALE, Long.toString(post.sale().number()))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }
}

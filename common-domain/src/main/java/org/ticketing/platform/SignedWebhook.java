package org.ticketing.platform;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.http.MediaType;

/**
 * Posts JSON to an endpoint that somebody outside has named, signed, so that the receiver can tell
 * who has sent it and when. Each post is one attempt; repeating is up to the caller.
 */
public final class SignedWebhook implements AutoCloseable {

  public static final String TIMESTAMP = "Ticketing-Timestamp";
  public static final String SIGNATURE = "Ticketing-Signature";

  private final WebhookEndpoints endpoints;
  private final Duration timeout;
  private final Clock clock;
  private final CloseableHttpClient http;

  /** One for each post under way, which can so be given up. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param localAllowed whether endpoints may be on this machine or in its network
   * @param timeout how long an endpoint may take to answer in full
   */
  public SignedWebhook(boolean localAllowed, Duration timeout, Clock clock) {
    this.endpoints = new WebhookEndpoints(localAllowed);
    this.timeout = timeout;
    this.clock = clock;
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(endpoints)
                    .setMaxConnPerRoute(Jobs.THREADS)
                    .setMaxConnTotal(Jobs.THREADS)
                    .build())
            .setKeepAliveStrategy(new KeptHalfAsLong())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .build();
  }

  /**
   * Checks an address as far as that is possible without resolving its name. Refused with {@code
   * invalid-request}.
   */
  public void require(URI url) {
    endpoints.require(url);
  }

  /**
   * @param subject the header that says what the post is about
   * @param id its value
   * @return what went wrong, in a sentence; none if the endpoint accepted it
   * @throws IllegalStateException this process is being stopped; the endpoint may have accepted it
   */
  public Optional<String> post(URI url, String secret, String subject, String id, byte[] body) {
    HttpPost request = request(url, secret, body);
    request.setHeader(subject, id);
    Future<Integer> answer = threads.submit(() -> http.execute(request, HttpResponse::getCode));
    try {
      // Bounds the whole: the name, the connection, and an answer that could take for ever.
      int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of("The endpoint answered with status " + status + ".");
    } catch (TimeoutException silence) {
      return Optional.of("The endpoint gave no full answer within " + timeout + ".");
    } catch (ExecutionException failure) {
      return Optional.of(
          "The endpoint cannot be reached (%s)."
              .formatted(failure.getCause().getClass().getSimpleName()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while posting", stopping);
    } finally {
      request.cancel(); // closes the connection of an answer that is still awaited
    }
  }

  private HttpPost request(URI url, String secret, byte[] body) {
    long timestamp = clock.instant().getEpochSecond();
    var request = new HttpPost(url);
    request.setHeader(TIMESTAMP, Long.toString(timestamp));
    request.setHeader(SIGNATURE, Signature.of(secret, timestamp, body));
    request.setEntity(
        new ByteArrayEntity(body, ContentType.create(MediaType.APPLICATION_JSON_VALUE)));
    return request;
  }

  @Override
  public void close() throws IOException {
    http.close();
    threads.shutdown();
  }
}

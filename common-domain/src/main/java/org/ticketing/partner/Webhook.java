package org.ticketing.partner;

import java.io.IOException;
import java.time.Clock;
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
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.ticketing.partner.DeliverySteps.Post;
import org.ticketing.platform.Jobs;
import tools.jackson.databind.json.JsonMapper;

/** Posts a sale to a partner's endpoint, signed. */
@Component
class Webhook implements DisposableBean {

  static final String TIMESTAMP = "Ticketing-Timestamp";
  static final String SIGNATURE = "Ticketing-Signature";
  static final String SALE = "Ticketing-Sale";

  private final PartnerProperties properties;
  private final JsonMapper json;
  private final Clock clock;
  private final CloseableHttpClient http;

  /** One for each post under way, which can so be given up. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Webhook(PartnerProperties properties, Endpoints endpoints, JsonMapper json, Clock clock) {
    this.properties = properties;
    this.json = json;
    this.clock = clock;
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(endpoints)
                    .setMaxConnPerRoute(Jobs.THREADS)
                    .setMaxConnTotal(Jobs.THREADS)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .build();
  }

  /**
   * @return what went wrong, in a sentence; none if the endpoint accepted it
   * @throws IllegalStateException this process is being stopped; the endpoint may have accepted it
   */
  Optional<String> post(Post post) {
    HttpPost request = request(post);
    Future<Integer> answer = threads.submit(() -> http.execute(request, HttpResponse::getCode));
    try {
      // Bounds the whole: the name, the connection, and an answer that could take for ever.
      int status = answer.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
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
      request.cancel(); // closes the connection of an answer that is still awaited
    }
  }

  private HttpPost request(Post post) {
    byte[] body = json.writeValueAsBytes(post.sale());
    long timestamp = clock.instant().getEpochSecond();
    var request = new HttpPost(post.url());
    request.setHeader(TIMESTAMP, Long.toString(timestamp));
    request.setHeader(SIGNATURE, Signature.of(post.secret(), timestamp, body));
    request.setHeader(SALE, Long.toString(post.sale().number()));
    request.setEntity(
        new ByteArrayEntity(body, ContentType.create(MediaType.APPLICATION_JSON_VALUE)));
    return request;
  }

  @Override
  public void destroy() throws IOException {
    http.close();
    threads.shutdown();
  }
}

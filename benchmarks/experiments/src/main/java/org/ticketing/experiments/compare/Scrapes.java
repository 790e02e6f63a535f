package org.ticketing.experiments.compare;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ticketing.workload.NotMeasuredException;

/** Takes the place of Prometheus: reads the metrics of processes every 15 seconds. */
final class Scrapes implements Closeable {

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String PATH = "/actuator/prometheus";
  private static final int OK = 200;

  private final String token;
  private final Duration interval;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong answered = new AtomicLong();
  private Future<?> reading = CompletableFuture.completedFuture(null);
  private volatile String refused;

  /**
   * @param token with which metrics are read
   */
  Scrapes(String token) {
    this(token, INTERVAL);
  }

  Scrapes(String token, Duration interval) {
    this.token = token;
    this.interval = interval;
  }

  /**
   * Reads the metrics of these processes from now on, and no longer those of others.
   *
   * @param processes their URLs. One that does not answer is asked again the next time
   */
  void read(List<String> processes) {
    reading.cancel(false);
    reading =
        clock.scheduleAtFixedRate(
            () -> scrapeAll(processes), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void scrapeAll(List<String> processes) {
    try {
      for (String process : processes) {
        scrape(URI.create(process + PATH));
      }
    } catch (IOException silent) {
      // It is asked the next time, as are the others.
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrape(URI metrics) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(metrics)
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() == OK) {
      answered.incrementAndGet();
    } else {
      refused = "GET " + metrics + " was answered with " + answer.statusCode();
    }
  }

  /** How many were answered. */
  long answered() {
    return answered.get();
  }

  /**
   * @throws NotMeasuredException a process did not show its metrics, so that their cost is not
   *     measured
   */
  void requireAnswered() {
    if (refused != null) {
      throw new NotMeasuredException(refused + ".");
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

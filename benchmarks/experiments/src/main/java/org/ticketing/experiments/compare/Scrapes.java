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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Takes the place of Prometheus: reads the metrics of processes every quarter of a minute. */
final class Scrapes implements Closeable {

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String PATH = "/actuator/prometheus";
  private static final int OK = 200;

  private final Supplier<List<String>> processes;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong answered = new AtomicLong();
  private volatile String refused;

  private Scrapes(Supplier<List<String>> processes, String token) {
    this.processes = processes;
    this.token = token;
  }

  /**
   * Begins.
   *
   * @param processes the URLs of those that run at the moment. One that is paused meanwhile does
   *     not answer, and is asked again the next time
   * @param token with which metrics are read
   */
  static Scrapes start(Supplier<List<String>> processes, String token) {
    return start(processes, token, INTERVAL);
  }

  static Scrapes start(Supplier<List<String>> processes, String token, Duration interval) {
    Scrapes scrapes = new Scrapes(processes, token);
    scrapes.clock.scheduleAtFixedRate(
        scrapes::scrapeAll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return scrapes;
  }

  private void scrapeAll() {
    try {
      for (String process : processes.get()) {
        scrape(URI.create(process + PATH));
      }
    } catch (IOException paused) {
      // It is asked the next time, as are the others, which are paused with it.
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
   * @throws IllegalStateException a process did not show its metrics, so that their cost is not
   *     measured
   */
  void requireAnswered() {
    if (refused != null) {
      throw new IllegalStateException(refused + ".");
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

package org.ticketing.stack.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a Spring Boot process whether it is ready to take requests. */
final class Health {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private Health() {}

  static boolean isReady(String url) throws IOException, InterruptedException {
    int status = get(url + "/actuator/health/readiness");
    return status == 200 || status == 404 && get(url + "/actuator/health") == 200;
  }

  private static int get(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}

package org.ticketing.workload;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Measures {@code GET /users/{id}}, the cheapest call that reads a row of a service's database,
 * with a client as simple as that of payments.
 */
public final class UserLookups {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final int SIGNIFICANT_DIGITS = 3;

  private UserLookups() {}

  /**
   * Has a customer look itself up many times.
   *
   * @param url of the user service
   * @param uncounted look-ups before those that count, to warm up
   * @return the median latency in microseconds
   * @throws LoadException if one is not answered with the user
   */
  public static long p50Micros(String url, Customer customer, int uncounted, int counted)
      throws IOException {
    Histogram micros = new Histogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);
    try (var http = Connections.pooled()) {
      for (int number = 0; number < uncounted + counted; number++) {
        var request = new HttpGet(url + "/users/" + customer.id());
        request.setHeader("Authorization", "Bearer " + customer.apis().token());
        long began = System.nanoTime();
        int status =
            http.execute(
                request,
                response -> {
                  EntityUtils.consume(response.getEntity());
                  return response.getCode();
                });
        if (status != HttpStatus.SC_OK) {
          throw new LoadException("Looking a user up was answered with HTTP " + status + ".");
        }
        if (number >= uncounted) {
          micros.recordValue(Math.min((System.nanoTime() - began) / 1000, LONGEST_MICROS));
        }
      }
    }
    return micros.getValueAtPercentile(50);
  }
}

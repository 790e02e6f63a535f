package org.ticketing.benchmarks.load;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP connections that stay open, without retries: what a client is told is what is counted. */
final class Connections {

  private static final int MOST = 1000;
  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  /** Longer than any timeout inside a system, so that it is the system that gives up. */
  private static final Timeout ANSWER = Timeout.ofSeconds(60);

  private Connections() {}

  static CloseableHttpClient pooled() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MOST)
                .setMaxConnPerRoute(MOST)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(ANSWER)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build())
        .disableAutomaticRetries()
        .disableCookieManagement()
        .build();
  }
}

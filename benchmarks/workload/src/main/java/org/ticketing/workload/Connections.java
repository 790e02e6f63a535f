package org.ticketing.workload;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.ticketing.platform.KeptHalfAsLong;

/** HTTP connections that stay open, without retries, so that every answer is counted. */
public final class Connections {

  private static final int MOST = 1000;
  private static final Timeout CONNECT = Timeout.ofSeconds(5);

  /** Longer than any timeout inside a system, so that it is the system that gives up. */
  private static final Timeout ANSWER = Timeout.ofSeconds(60);

  private Connections() {}

  /** For {@link PublicApis}. */
  public static ClientHttpRequestFactory ofApis() {
    return new HttpComponentsClientHttpRequestFactory(pooled());
  }

  static CloseableHttpClient pooled() {
    return pooled(ANSWER);
  }

  static CloseableHttpClient pooled(Timeout answer) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MOST)
                .setMaxConnPerRoute(MOST)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(answer)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build())
        .setKeepAliveStrategy(new KeptHalfAsLong())
        .disableAutomaticRetries()
        .disableCookieManagement()
        .build();
  }
}

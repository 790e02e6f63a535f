package org.ticketing.testing;

import java.util.function.UnaryOperator;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * The APIs of a running system, as one caller uses them.
 *
 * @param urls the base URL of a service by its name
 * @param token null for a caller who has not signed in
 */
public record Apis(UnaryOperator<String> urls, String token) {

  /** (Apache's client would ask again after each 503.) */
  private static final ClientHttpRequestFactory CONNECTIONS =
      new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory());

  /** The APIs of one process that hosts all services, for a caller who has not signed in. */
  public static Apis at(int port) {
    return new Apis(service -> "http://127.0.0.1:" + port, null);
  }

  public Apis as(String token) {
    return new Apis(urls, token);
  }

  /** The API of that type; the service has the name of its package. */
  public <T> T api(Class<T> type) {
    String service = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
    RestClient.Builder http =
        RestClient.builder().requestFactory(CONNECTIONS).baseUrl(urls.apply(service));
    return client(
        token == null ? http : http.defaultHeaders(headers -> headers.setBearerAuth(token)), type);
  }

  /** A client of one API. */
  public static <T> T client(RestClient.Builder http, Class<T> api) {
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http.build()))
        .build()
        .createClient(api);
  }
}

package org.ticketing.platform;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.core5.util.TimeValue;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures how services call each other: with a token for the called service, over pooled
 * connections, without hidden retries. A {@link Refusal} of the called service is thrown at the
 * caller as the same refusal, any other failure as {@link ServiceUnavailable}. Where a name leads
 * to several instances of a service, connections are spread over them.
 */
@Configuration(proxyBeanMethods = false)
class ServiceCalls {

  /** Enough for every request thread of a process to call the same service at once. */
  private static final int CONNECTIONS_PER_SERVICE = 400;

  /**
   * A connection is used no longer, so that instances which are started later are called too, and
   * those of a name that leads elsewhere are not for ever.
   */
  private static final TimeValue LONGEST_USE = TimeValue.ofMinutes(1);

  @Bean
  HttpComponentsClientHttpRequestFactoryBuilder pooledConnections() {
    return ClientHttpRequestFactoryBuilder.httpComponents()
        .withConnectionManagerCustomizer(
            pool ->
                pool.setDnsResolver(new AnyInstance())
                    .setMaxConnPerRoute(CONNECTIONS_PER_SERVICE)
                    .setMaxConnTotal(CONNECTIONS_PER_SERVICE * Service.values().length))
        .withConnectionConfigCustomizer(
            connection ->
                connection
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .setTimeToLive(LONGEST_USE))
        .withHttpClientCustomizer(
            client ->
                client
                    .setKeepAliveStrategy(new KeptHalfAsLong())
                    .disableAutomaticRetries()
                    .disableCookieManagement());
  }

  @Bean
  RestClientHttpServiceGroupConfigurer serviceCalling(Tokens tokens, JsonMapper json) {
    return groups -> {
      groups.forEachClient(
          (group, client) ->
              client
                  .requestInterceptor(
                      (request, body, exchange) -> {
                        request.getHeaders().setBearerAuth(tokens.toCall(group.name()));
                        TraceSampling.ofUntraced()
                            .ifPresent(
                                untraced ->
                                    request.getHeaders().set(TraceSampling.TRACEPARENT, untraced));
                        return exchange.execute(request, body);
                      })
                  .defaultStatusHandler(
                      HttpStatusCode::isError,
                      (request, response) -> raise(group.name(), request, response, json)));
      groups.forEachProxyFactory(
          (group, factory) ->
              factory.exchangeAdapterDecorator(adapter -> new NoAnswer(group.name(), adapter)));
    };
  }

  private static void raise(
      String service, HttpRequest request, ClientHttpResponse response, JsonMapper json)
      throws IOException {
    HttpStatusCode status = response.getStatusCode();
    try {
      JsonNode problem = json.readTree(response.getBody());
      Optional<Reason> reason = Problems.reasonOf(problem.path("type").asString(""));
      if (status.is4xxClientError()
          && !status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
          && reason.isPresent()) {
        throw new Refusal(reason.get(), problem.path("detail").asString(""));
      }
    } catch (JacksonException notAProblemDetail) {
      // falls through to the answer for every unusable answer
    }
    throw new ServiceUnavailable(
        "The %s service answered %s %s with %s."
            .formatted(service, request.getMethod(), request.getURI().getPath(), status));
  }

  /**
   * Turns connection failures and cut-off answers into {@link ServiceUnavailable}, and a connection
   * that was refused into {@link ServiceUnreachable}. This includes failures while the body is
   * sent, because the interceptor has it buffered first.
   */
  private static class NoAnswer extends HttpExchangeAdapterDecorator {

    private final String service;

    NoAnswer(String service, HttpExchangeAdapter adapter) {
      super(adapter);
      this.service = service;
    }

    @Override
    public void exchange(HttpRequestValues request) {
      answerOf(
          () -> {
            super.exchange(request);
            return null;
          });
    }

    @Override
    public <T> T exchangeForBody(HttpRequestValues request, ParameterizedTypeReference<T> type) {
      return answerOf(() -> super.exchangeForBody(request, type));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(
        HttpRequestValues request, ParameterizedTypeReference<T> type) {
      return answerOf(() -> super.exchangeForEntity(request, type));
    }

    private <T> T answerOf(Supplier<T> exchange) {
      try {
        return exchange.get();
      } catch (RestClientException failure) {
        if (NestedExceptionUtils.getRootCause(failure) instanceof ConnectException refused) {
          throw new ServiceUnreachable("The " + service + " service cannot be reached.", refused);
        }
        throw new ServiceUnavailable("The " + service + " service gave no answer.", failure);
      }
    }
  }
}

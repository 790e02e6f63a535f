package org.ticketing.tracker;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.platform.Problems;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.user.UserApi;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The services that are asked, over HTTP. Where a name leads to several instances of a service any
 * of them will do, because what is asked for is in their database. In a system of one process, all
 * names lead to that process.
 */
@Component
class Services {

  /** Who takes part in payments, and has a database that may hold something. */
  static final List<String> PARTICIPANTS = List.of("payment", "point", "reservation");

  private static final String USER = "user";
  private static final String PAYMENT = "payment";
  private static final String BEARER = "Bearer ";
  private static final int CONNECTIONS = 100;

  private final Map<String, String> urls = new LinkedHashMap<>();
  private final RestClient.Builder http;
  private final JsonMapper json;
  private final ClientHttpRequestFactory forParticipants;
  private final ClientHttpRequestFactory forTheEngine;
  private final ClientHttpRequestFactory forSteering;

  /**
   * @throws IllegalArgumentException it is not said where a service is
   */
  Services(
      Environment environment, RestClient.Builder http, JsonMapper json, TrackerSettings settings) {
    this.http = http;
    this.json = json;
    locate(USER, environment);
    PARTICIPANTS.forEach(service -> locate(service, environment));
    forParticipants = connections(settings.connect(), settings.participant());
    forTheEngine = connections(settings.connect(), settings.engine());
    forSteering = connections(settings.connect(), settings.steering());
  }

  private void locate(String service, Environment environment) {
    String property = "spring.http.serviceclient." + service + ".base-url";
    String url = environment.getProperty(property);
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(property + " must say where the service is.");
    }
    urls.put(service, url);
  }

  /** A name of several addresses is tried at each of them. Nothing is repeated in secret. */
  private static ClientHttpRequestFactory connections(Duration connect, Duration answer) {
    return ClientHttpRequestFactoryBuilder.httpComponents()
        .withConnectionManagerCustomizer(
            pool -> pool.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(2 * CONNECTIONS))
        .withHttpClientCustomizer(
            client -> client.disableAutomaticRetries().disableCookieManagement())
        .build(HttpClientSettings.defaults().withTimeouts(connect, answer));
  }

  /**
   * The APIs as the caller of a request may use them.
   *
   * @throws Refusal {@code authentication-required}
   */
  OperatorCalls asCallerOf(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw new Refusal(Reason.AUTHENTICATION_REQUIRED, "Sign in first.");
    }
    Map<String, TrackingApi> participants = new LinkedHashMap<>();
    for (String service : PARTICIPANTS) {
      participants.put(service, client(service, forParticipants, authorization, TrackingApi.class));
    }
    return new OperatorCalls(
        client(PAYMENT, forTheEngine, authorization, TransactionsApi.class),
        client(PAYMENT, forSteering, authorization, TransactionsApi.class),
        participants);
  }

  /** The API at which users sign in. It hashes a password, for which callers wait in line. */
  UserApi users() {
    return client(USER, forTheEngine, null, UserApi.class);
  }

  private <T> T client(
      String service, ClientHttpRequestFactory connections, String authorization, Class<T> api) {
    RestClient.Builder client =
        http.clone()
            .baseUrl(urls.get(service))
            .requestFactory(connections)
            .defaultStatusHandler(
                HttpStatusCode::isError, (request, response) -> raise(service, request, response));
    if (authorization != null) {
      client.defaultHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
        .exchangeAdapterDecorator(adapter -> new NoAnswer(service, adapter))
        .build()
        .createClient(api);
  }

  /** A refusal is passed on as it is, also that of a token. */
  private void raise(String service, HttpRequest request, ClientHttpResponse response)
      throws IOException {
    HttpStatusCode status = response.getStatusCode();
    String detail = "";
    try {
      JsonNode problem = json.readTree(response.getBody());
      detail = problem.path("detail").asString("");
      Optional<Reason> reason = reasonOf(problem.path("type").asString(""));
      if (status.is4xxClientError() && reason.isPresent()) {
        throw new Refusal(reason.get(), detail);
      }
    } catch (JacksonException notAProblemDetail) {
      // falls through to the answer for every unusable answer
    }
    throw new ServiceUnavailable(
        "The %s service answered %s %s with %s.%s"
            .formatted(
                service,
                request.getMethod(),
                request.getURI().getPath(),
                status.value(),
                detail.isEmpty() ? "" : " " + detail));
  }

  private static Optional<Reason> reasonOf(String type) {
    return type.startsWith(Problems.TYPE_PREFIX)
        ? Reason.of(type.substring(Problems.TYPE_PREFIX.length()))
        : Optional.empty();
  }

  /** Turns a connection that fails, and an answer that is cut off, into what callers expect. */
  private static class NoAnswer extends HttpExchangeAdapterDecorator {

    private final String service;

    NoAnswer(String service, HttpExchangeAdapter adapter) {
      super(adapter);
      this.service = service;
    }

    @Override
    public <T> T exchangeForBody(HttpRequestValues request, ParameterizedTypeReference<T> type) {
      try {
        return super.exchangeForBody(request, type);
      } catch (RestClientException failure) {
        throw new ServiceUnavailable("The " + service + " service gave no answer.", failure);
      }
    }
  }
}

package org.ticketing.workload;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.ticketing.concert.ConcertApi;
import org.ticketing.partner.PartnerApi;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.platform.ObservabilityApi;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.point.PointApi;
import org.ticketing.queue.QueueApi;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.seat.SeatApi;
import org.ticketing.user.UserApi;

/**
 * The public APIs of one running system, as one caller sees them. A refusal arrives as {@link
 * org.springframework.web.client.RestClientResponseException} with the problem detail as its body.
 */
public final class PublicApis {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final UnaryOperator<String> urls;
  private final ClientHttpRequestFactory connections;
  private final Supplier<String> token;
  private final Map<Offer, Object> clients = new ConcurrentHashMap<>();

  /** An API of a service. */
  private record Offer(String service, Class<?> api) {}

  private PublicApis(
      UnaryOperator<String> urls, ClientHttpRequestFactory connections, Supplier<String> token) {
    this.urls = urls;
    this.connections = connections;
    this.token = token;
  }

  /**
   * As a visitor who has not signed in.
   *
   * @param urls the base URL of a service by its name
   */
  public static PublicApis at(UnaryOperator<String> urls, ClientHttpRequestFactory connections) {
    return new PublicApis(urls, connections, () -> null);
  }

  /** As the user of that e-mail address, signed in whenever that is needed. */
  public PublicApis as(String email, String password) {
    return as(new SignIn(users(), email, password));
  }

  /** As the user or service that the token names. */
  public PublicApis as(Supplier<String> token) {
    return new PublicApis(urls, connections, token);
  }

  /** As the same caller, over other connections. */
  public PublicApis over(ClientHttpRequestFactory others) {
    return new PublicApis(urls, others, token);
  }

  /** The base URL of a service. */
  public String url(String service) {
    return urls.apply(service);
  }

  /** The token of this caller; null for a visitor. */
  public String token() {
    return token.get();
  }

  public UserApi users() {
    return client("user", UserApi.class);
  }

  public ConcertApi concerts() {
    return client("concert", ConcertApi.class);
  }

  public QueueApi queue() {
    return client("queue", QueueApi.class);
  }

  public SeatApi seats() {
    return client("seat", SeatApi.class);
  }

  public ReservationApi reservations() {
    return client("reservation", ReservationApi.class);
  }

  public PointApi points() {
    return client("point", PointApi.class);
  }

  public PaymentApi payments() {
    return client("payment", PaymentApi.class);
  }

  public PartnerApi partners() {
    return client("partner", PartnerApi.class);
  }

  /** The global transactions of payments, for operators. */
  public TransactionsApi transactions() {
    return client("payment", TransactionsApi.class);
  }

  /** What the process of a service tells of global transactions, for operators. */
  public TrackingApi tracking(String service) {
    return client(service, TrackingApi.class);
  }

  /** Whether a process observes what it does, for operators. */
  public ObservabilityApi observability(String process) {
    return client(process, ObservabilityApi.class);
  }

  /**
   * An interceptor, because bodies are then written to memory first: a connection that breaks under
   * the body is reported as every other that breaks, as a {@link
   * org.springframework.web.client.ResourceAccessException}.
   */
  private ClientHttpResponse signedIn(
      HttpRequest request, byte[] body, ClientHttpRequestExecution exchange) throws IOException {
    String current = token.get();
    if (current != null) {
      request.getHeaders().setBearerAuth(current);
    }
    return patiently(request, body, exchange);
  }

  /**
   * Makes a request again that was refused because too many are made at once. It has done nothing,
   * and the answer says when to come back.
   */
  private static ClientHttpResponse patiently(
      HttpRequest request, byte[] body, ClientHttpRequestExecution exchange) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ClientHttpResponse response = exchange.execute(request, body);
    while (isOverload(response) && System.nanoTime() < deadline && pause(response)) {
      response.close();
      response = exchange.execute(request, body);
    }
    return response;
  }

  private static boolean isOverload(ClientHttpResponse response) throws IOException {
    return response.getStatusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
        && response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER);
  }

  /**
   * @return false if the thread is told to end meanwhile
   */
  private static boolean pause(ClientHttpResponse response) {
    String seconds = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    try {
      TimeUnit.SECONDS.sleep(Long.parseLong(seconds));
      return true;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> T client(String service, Class<T> api) {
    return api.cast(
        clients.computeIfAbsent(new Offer(service, api), absent -> create(service, api)));
  }

  private <T> T create(String service, Class<T> api) {
    RestClient client =
        RestClient.builder()
            .requestFactory(connections)
            .baseUrl(urls.apply(service))
            .requestInterceptor(this::signedIn)
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(api);
  }
}

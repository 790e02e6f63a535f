package org.ticketing.tracker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.SteeringPage;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.platform.tracking.TrackingApi.LogPage;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Session;
import tools.jackson.databind.json.JsonMapper;

/** Plays the services that the tracker asks, each on a port of its own. */
final class InventedServices implements AutoCloseable {

  static final String OPERATOR_TOKEN = "token-of-an-operator";
  static final String CUSTOMER_TOKEN = "token-of-a-customer";
  static final String OPERATOR = "operator@example.org";
  static final String CUSTOMER = "ann@example.org";
  static final String PASSWORD = "correct horse";
  static final UUID OPERATOR_ID = UUID.fromString("00000000-0000-0000-0000-0000000000aa");

  private static final List<String> NAMES = List.of("user", "payment", "point", "reservation");
  private static final String BEARER = "Bearer ";
  private static final int OUT_OF_SERVICE = 503;

  private final JsonMapper json = new JsonMapper();
  private final Map<String, HttpServer> servers = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  final List<TransactionSummary> transactions = new CopyOnWriteArrayList<>();
  final Map<String, TransactionDetail> details = new ConcurrentHashMap<>();
  final Map<String, List<Holding>> holdings = new ConcurrentHashMap<>();
  final Map<String, List<LogEntry>> logs = new ConcurrentHashMap<>();
  final List<SteeringRecord> steerings = new CopyOnWriteArrayList<>();

  /** What has been called, each as {@code payment GET /path?query}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** The services that answer nothing but that they cannot. */
  final List<String> failing = new CopyOnWriteArrayList<>();

  /** What a steering would do, and does. */
  volatile BiFunction<SteeringOrder, String, Effect> effects =
      (order, transaction) -> new Effect(List.of("ask the participants again"), false, null, false);

  volatile Instant keptSince;

  InventedServices() {
    for (String name : NAMES) {
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(name, exchange));
        server.start();
        servers.put(name, server);
      } catch (IOException noPort) {
        throw new UncheckedIOException(noPort);
      }
    }
  }

  /** Forgets everything that was said or asked. */
  void forget() {
    transactions.clear();
    details.clear();
    holdings.clear();
    logs.clear();
    steerings.clear();
    calls.clear();
    failing.clear();
    keptSince = null;
    effects =
        (order, transaction) ->
            new Effect(List.of("ask the participants again"), false, null, false);
  }

  /** Arguments that tell an application where the services are. */
  Stream<String> arguments() {
    return NAMES.stream()
        .map(
            name ->
                "--spring.http.serviceclient.%s.base-url=http://127.0.0.1:%s"
                    .formatted(name, servers.get(name).getAddress().getPort()));
  }

  private void handle(String service, HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    calls.add("%s %s %s".formatted(service, exchange.getRequestMethod(), uri));
    try {
      if (failing.contains(service)) {
        problem(exchange, OUT_OF_SERVICE, Reason.SERVICE_UNAVAILABLE, "The database is away.");
        return;
      }
      if (service.equals("user")) {
        send(exchange, 200, session(read(exchange, Credentials.class)));
        return;
      }
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if ((BEARER + CUSTOMER_TOKEN).equals(authorization)) {
        problem(exchange, 403, Reason.FORBIDDEN, "This is not yours to see or to do.");
      } else if (!(BEARER + OPERATOR_TOKEN).equals(authorization)) {
        problem(exchange, 401, Reason.INVALID_TOKEN, "The token is malformed, forged or expired.");
      } else {
        send(exchange, 200, answer(service, exchange, query(uri)));
      }
    } catch (Refusal refusal) {
      int status =
          switch (refusal.reason()) {
            case WRONG_CREDENTIALS -> 401;
            case UNKNOWN_TRANSACTION -> 404;
            default -> 400;
          };
      problem(exchange, status, refusal.reason(), refusal.getMessage());
    } catch (RuntimeException failure) {
      problem(exchange, 500, Reason.INTERNAL_ERROR, String.valueOf(failure));
    } finally {
      exchange.close();
    }
  }

  private static Session session(Credentials credentials) {
    if (!credentials.password().equals(PASSWORD)) {
      throw new Refusal(Reason.WRONG_CREDENTIALS, "There is no such user with this password.");
    }
    boolean operator = credentials.email().equals(OPERATOR);
    return new Session(
        OPERATOR_ID,
        operator ? OPERATOR_TOKEN : CUSTOMER_TOKEN,
        Instant.now().plusSeconds(3600),
        operator);
  }

  private Object answer(String service, HttpExchange exchange, Map<String, String> query)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean post = exchange.getRequestMethod().equals("POST");
    return switch (path) {
      case "/operations/tracking/holdings" -> holdings.getOrDefault(service, List.of());
      case "/operations/tracking/log" -> log(service, query);
      case "/operations/transactions" -> list(query);
      case "/operations/transactions/counts" -> counts();
      case "/operations/transactions/previews" -> steered(read(exchange, SteeringOrder.class));
      case "/operations/transactions/steerings" ->
          post ? performed(read(exchange, SteeringOrder.class)) : new SteeringPage(steerings, null);
      case "/operations/transactions/one" -> detail(query.get("id"));
      default -> throw new IllegalArgumentException(path);
    };
  }

  private LogPage log(String service, Map<String, String> query) {
    List<LogEntry> all = logs.getOrDefault(service, List.of());
    int from = Integer.parseInt(query.getOrDefault("after", "0"));
    int to = Math.min(all.size(), from + Integer.parseInt(query.get("size")));
    List<LogEntry> page = new ArrayList<>(all.subList(from, to));
    return new LogPage(page, page.isEmpty() ? null : String.valueOf(to), keptSince, 1);
  }

  private TransactionPage list(Map<String, String> query) {
    int size = Integer.parseInt(query.get("size"));
    if (size < 1 || size > 1000) {
      throw new Refusal(Reason.INVALID_REQUEST, "size must be from 1 to 1000");
    }
    List<TransactionSummary> found =
        transactions.stream()
            .filter(shown(query.get("show")))
            .filter(matches(query, "user", TransactionSummary::user))
            .filter(matches(query, "payment", TransactionSummary::payment))
            .filter(matches(query, "reservation", TransactionSummary::reservation))
            .filter(matches(query, "xid", TransactionSummary::xid))
            .filter(matches(query, "key", TransactionSummary::key))
            .sorted(Comparator.comparing(TransactionSummary::startedAt).reversed())
            .toList();
    int from = Integer.parseInt(query.getOrDefault("after", "0"));
    int to = Math.min(found.size(), from + size);
    return new TransactionPage(
        "xa", found.subList(from, to), to < found.size() ? String.valueOf(to) : null, List.of());
  }

  private static Predicate<TransactionSummary> shown(String show) {
    return switch (show) {
      case "in-flight" -> transaction -> transaction.endedAt() == null;
      case "in-doubt" -> TransactionSummary::stuck;
      case "failed" -> transaction -> "failed".equals(transaction.outcome());
      default -> transaction -> true;
    };
  }

  private interface Field {
    Object of(TransactionSummary transaction);
  }

  private static Predicate<TransactionSummary> matches(
      Map<String, String> query, String name, Field field) {
    String wanted = query.get(name);
    return transaction ->
        wanted == null || wanted.equals(Objects.toString(field.of(transaction), null));
  }

  private TransactionCounts counts() {
    Map<String, Long> byOutcome = new HashMap<>();
    transactions.stream()
        .filter(transaction -> transaction.outcome() != null)
        .forEach(transaction -> byOutcome.merge(transaction.outcome(), 1L, Long::sum));
    long stuck = transactions.stream().filter(TransactionSummary::stuck).count();
    return new TransactionCounts(
        byOutcome,
        1.5,
        transactions.stream().filter(transaction -> transaction.endedAt() == null).count(),
        stuck,
        stuck);
  }

  private TransactionDetail detail(String id) {
    TransactionDetail detail = details.get(id);
    if (detail == null) {
      throw new Refusal(Reason.UNKNOWN_TRANSACTION, "There is no transaction " + id + ".");
    }
    return detail;
  }

  private List<Steered> steered(SteeringOrder order) {
    return order.transactions().stream()
        .map(transaction -> new Steered(transaction, effects.apply(order, transaction)))
        .toList();
  }

  private List<Steered> performed(SteeringOrder order) {
    List<Steered> done = steered(order);
    done.forEach(
        each ->
            steerings.add(
                new SteeringRecord(
                    Instant.now(),
                    OPERATOR_ID,
                    order.steering(),
                    each.transaction(),
                    order.reason(),
                    order.heuristic(),
                    each.effect())));
    return done;
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String each : uri.getRawQuery().split("&")) {
        String[] pair = each.split("=", 2);
        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    return json.readValue(exchange.getRequestBody().readAllBytes(), type);
  }

  private void problem(HttpExchange exchange, int status, Reason reason, String detail)
      throws IOException {
    send(
        exchange,
        status,
        Map.of("type", "urn:ticketing:problem:" + reason.id(), "status", status, "detail", detail));
  }

  private void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}

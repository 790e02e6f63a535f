package org.ticketing.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.SteeringPage;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Session;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP API of a running tracker, as an operator. Every method throws {@link UnusableException},
 * with one line for the user, if the tracker does not answer or refuses.
 */
final class Tracker {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longer than what the tracker asks may take to answer it. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** Orders are carried out one transaction after the other. */
  private static final Duration ORDER = Duration.ofMinutes(2);

  /** How many transactions are ordered in one request, so that each is answered in time. */
  private static final int ORDERED_AT_ONCE = 20;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR = 400;

  private static final Pattern PAYMENT_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String root;
  private final Credentials credentials;
  private String token;

  private Tracker(String root, Credentials credentials) {
    this.root = root;
    this.credentials = credentials;
  }

  /**
   * The tracker at that URL, which may be that of its page. It is not asked yet.
   *
   * @throws UnusableException that is no URL
   */
  static Tracker at(String url, String email, String password) {
    try {
      HttpRequest.newBuilder(URI.create(url));
    } catch (IllegalArgumentException notAUrl) {
      throw new UnusableException(
          "--target takes a URL such as http://127.0.0.1:8190, not %s.".formatted(url));
    }
    String root = url.replaceAll("/*$", "").replaceAll("/transactions$", "");
    return new Tracker(root, new Credentials(email, password));
  }

  /**
   * Transactions, the latest first.
   *
   * @param parameters those of {@link org.ticketing.payment.TransactionsApi#list}
   */
  TransactionPage list(Map<String, String> parameters) {
    return read(get("/transactions", parameters), TransactionPage.class);
  }

  /**
   * What is known of one transaction.
   *
   * @param id of its payment, its Xid, its idempotency key, or its reservation
   */
  TrackedTransaction find(String id) {
    return read(findJson(id), TrackedTransaction.class);
  }

  /** Like {@link #find}, as the tracker tells it. */
  String findJson(String id) {
    if (PAYMENT_ID.matcher(id).matches()) {
      HttpResponse<String> direct = asOperator(request("/transactions/" + id, Map.of()));
      if (direct.statusCode() != NOT_FOUND) {
        return body(direct);
      }
    }
    return get("/transactions/" + encoded(foundBy(id)), Map.of());
  }

  /** The payment, because an Xid may have a slash in it, which not every server takes in a path. */
  private String foundBy(String id) {
    List<TransactionSummary> found = list(Map.of("find", id, "size", "2")).transactions();
    if (found.size() > 1) {
      throw new UnusableException(
          "%1$s stands for several transactions; 'list --find %1$s' lists them.".formatted(id));
    }
    return found.isEmpty() ? id : TransactionFilter.idOf(found.get(0));
  }

  TransactionCounts counts() {
    return read(get("/transactions/counts", Map.of()), TransactionCounts.class);
  }

  /**
   * What has happened, of all processes together.
   *
   * @param parameters those of {@link org.ticketing.platform.tracking.TrackingApi#log}
   */
  MergedLog log(Map<String, String> parameters) {
    return read(get("/transactions/log", parameters), MergedLog.class);
  }

  /**
   * A page of the log of all processes.
   *
   * @param entries in the order of time, as far as their processes were read
   * @param next asks for what follows; null if nothing did yet
   * @param keptSince before then, entries were removed; null if none were
   * @param lost how many entries the processes could not write
   * @param notReached who did not answer, so that something is missing, a line each
   */
  record MergedLog(
      List<LogEntry> entries, String next, Instant keptSince, long lost, List<String> notReached) {}

  /** What operators have ordered, the latest first. */
  SteeringPage steerings(Map<String, String> parameters) {
    return read(get("/transactions/steerings", parameters), SteeringPage.class);
  }

  /** What an order would do to each of its transactions. */
  List<Steered> preview(SteeringOrder order) {
    return send("/transactions/previews", order);
  }

  /** Has it done. */
  List<Steered> steer(SteeringOrder order) {
    return send("/transactions/steerings", order);
  }

  private List<Steered> send(String path, SteeringOrder order) {
    List<Steered> all = new ArrayList<>();
    List<String> transactions = order.transactions();
    for (int from = 0; from < transactions.size(); from += ORDERED_AT_ONCE) {
      int to = Math.min(transactions.size(), from + ORDERED_AT_ONCE);
      SteeringOrder part =
          new SteeringOrder(
              order.steering(), transactions.subList(from, to), order.reason(), order.heuristic());
      all.addAll(List.of(read(post(path, part), Steered[].class)));
    }
    return all;
  }

  private String get(String path, Map<String, String> parameters) {
    return body(asOperator(request(path, parameters)));
  }

  private HttpRequest.Builder request(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .sorted()
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(URI.create(root + path + (query.isEmpty() ? "" : "?" + query)))
        .timeout(ANSWER);
  }

  private String post(String path, Object body) {
    return body(asOperator(posted(path, body).timeout(ORDER)));
  }

  private HttpRequest.Builder posted(String path, Object body) {
    return HttpRequest.newBuilder(URI.create(root + path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  /** Signs in first, and once more if the session has ended meanwhile. */
  private HttpResponse<String> asOperator(HttpRequest.Builder request) {
    boolean isFresh = token == null;
    if (isFresh) {
      token = signIn();
    }
    HttpResponse<String> response = send(request.setHeader("Authorization", "Bearer " + token));
    if (response.statusCode() == UNAUTHORIZED && !isFresh) {
      token = signIn();
      response = send(request.setHeader("Authorization", "Bearer " + token));
    }
    return response;
  }

  private String signIn() {
    Session session =
        read(body(send(posted("/login", credentials).timeout(ANSWER))), Session.class);
    if (!session.operator()) {
      throw new UnusableException(credentials.email() + " is no operator.");
    }
    return session.token();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.setHeader("Accept", "application/json").build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UnusableException(
          "The tracker at %s does not answer: %s."
              .formatted(
                  root,
                  failure.getMessage() == null
                      ? failure.getClass().getSimpleName()
                      : failure.getMessage()));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted.");
    }
  }

  private String body(HttpResponse<String> response) {
    if (response.statusCode() < FIRST_ERROR) {
      return response.body();
    }
    String detail = detail(response.body());
    if (response.statusCode() == FORBIDDEN && detail.isEmpty()) {
      detail = credentials.email() + " has no right to this.";
    }
    throw new UnusableException(
        detail.isEmpty()
            ? "The tracker at %s answers with HTTP %d: is it one?"
                .formatted(root, response.statusCode())
            : detail);
  }

  /** Of a problem detail; empty if the body is none. */
  private static String detail(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      return problem.path("detail").asString(problem.path("title").asString(""));
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private <T> T read(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JacksonException unreadable) {
      throw new UnusableException(
          "The tracker at %s gives an answer that is none: is it one?".formatted(root));
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

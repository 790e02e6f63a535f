package org.ticketing.workload;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.springframework.web.client.RestClientException;
import org.ticketing.platform.Problems;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Pay;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends payments and records the answers. Each thread that uses it is a client of its own. It does
 * as little as possible, because it runs on the machine that is measured.
 */
public final class PaymentClient implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * How often a client asks what has become of an accepted payment: as seldom as the server
   * proposes would be too coarse a measure, and more often than this a load of its own.
   */
  private static final long BETWEEN_LOOKS_MILLIS = 20;

  /** Longer than any recovery: a client does not give up before the system is certain. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final CloseableHttpClient http = Connections.pooled();
  private final String url;
  private final History history;
  private final PaymentWay way;
  private final AtomicInteger clients = new AtomicInteger();
  private final ThreadLocal<Integer> client = ThreadLocal.withInitial(clients::getAndIncrement);

  /**
   * @param url of the payment service
   */
  public PaymentClient(String url, History history) {
    this(url, history, PaymentWay.SYNCHRONOUS);
  }

  /**
   * @param url of the payment service
   */
  public PaymentClient(String url, History history, PaymentWay way) {
    this.url = url;
    this.history = history;
    this.way = way;
  }

  /**
   * Asks for a payment, once, and waits for its end. Never throws: what went wrong is part of the
   * answer.
   *
   * @param key the same when it is asked for again
   */
  public Answer pay(PlannedPayment payment, String key) {
    long start = history.now();
    Answer answer = send(payment, key);
    history.add(
        new Pay(
            start,
            history.now(),
            client.get(),
            key,
            payment.customer().id(),
            payment.reservationId(),
            payment.amount(),
            answer.outcome(),
            answer.reason(),
            answer.paymentId()));
    return answer;
  }

  private Answer send(PlannedPayment payment, String key) {
    var request = new HttpPost(url + "/payments");
    try {
      request.setHeader("Authorization", "Bearer " + payment.customer().apis().token());
    } catch (RestClientException failure) {
      return Answer.failed("not signed in");
    }
    request.setHeader("Idempotency-Key", key);
    request.setEntity(
        new StringEntity(
            "{\"reservationId\":\"%s\"}".formatted(payment.reservationId()),
            ContentType.APPLICATION_JSON));
    if (way == PaymentWay.ASYNCHRONOUS) {
      request.setHeader("Prefer", "respond-async");
    }
    long sent = System.nanoTime();
    try {
      Answer answer = http.execute(request, response -> answer(response, sent));
      return answer.wasAccepted() ? endOf(answer, payment.customer()) : answer;
    } catch (ConnectException | ConnectTimeoutException neverSent) {
      return Answer.failed(neverSent.getClass().getSimpleName());
    } catch (IOException failure) {
      return Answer.unknown(failure.getClass().getSimpleName());
    }
  }

  private static Answer answer(ClassicHttpResponse response, long sent)
      throws IOException, HttpException {
    String body = bodyOf(response);
    return switch (response.getCode()) {
      case HttpStatus.SC_CREATED -> receipt(body);
      case HttpStatus.SC_ACCEPTED -> accepted(body, System.nanoTime() - sent);
      default -> Answer.problem(response.getCode(), problemType(body));
    };
  }

  private static String bodyOf(ClassicHttpResponse response) throws IOException, HttpException {
    return response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
  }

  private static Answer accepted(String body, long nanos) {
    try {
      return Answer.accepted(UUID.fromString(JSON.readTree(body).path("id").asString("")), nanos);
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return Answer.unknown("unreadable acceptance");
    }
  }

  /** What becomes of an accepted payment. The same answer if that cannot be learnt in time. */
  private Answer endOf(Answer accepted, Customer customer) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        var request = new HttpGet(url + "/payments/" + accepted.paymentId());
        request.setHeader("Authorization", "Bearer " + customer.apis().token());
        request.setHeader("If-None-Match", "\"requested\"");
        Optional<Answer> end = http.execute(request, response -> end(response, accepted));
        if (end.isPresent()) {
          return end.get();
        }
      } catch (IOException | RestClientException silent) {
        // The payment goes on, and so does this.
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
        return accepted;
      }
    }
    return accepted;
  }

  private static Optional<Answer> end(ClassicHttpResponse response, Answer accepted)
      throws IOException, HttpException {
    String body = bodyOf(response);
    if (response.getCode() != HttpStatus.SC_OK) {
      return Optional.empty();
    }
    try {
      JsonNode payment = JSON.readTree(body);
      return switch (payment.path("status").asString("")) {
        case "COMPLETED" -> Optional.of(accepted.ended(null));
        case "FAILED" -> Optional.of(accepted.ended(payment.path("reason").asString("")));
        default -> Optional.empty();
      };
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private static Answer receipt(String body) {
    try {
      return Answer.completed(UUID.fromString(JSON.readTree(body).path("paymentId").asString("")));
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return Answer.unknown("unreadable receipt");
    }
  }

  /** Null if the body is no problem detail of the API. */
  private static String problemType(String body) {
    try {
      String type = JSON.readTree(body).path("type").asString("");
      return type.startsWith(Problems.TYPE_PREFIX)
          ? type.substring(Problems.TYPE_PREFIX.length())
          : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}

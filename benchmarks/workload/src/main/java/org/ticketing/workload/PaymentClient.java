package org.ticketing.workload;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ConnectTimeoutException;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends payments and records the answers. Each thread that uses it is a client of its own. It does
 * as little as possible, because it runs on the machine that is measured.
 */
public final class PaymentClient implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();

  private final CloseableHttpClient http = Connections.pooled();
  private final String payments;
  private final History history;
  private final AtomicInteger clients = new AtomicInteger();
  private final ThreadLocal<Integer> client = ThreadLocal.withInitial(clients::getAndIncrement);

  /**
   * @param url of the payment service
   */
  public PaymentClient(String url, History history) {
    this.payments = url + "/payments";
    this.history = history;
  }

  /**
   * Asks for a payment, once. Never throws: what went wrong is part of the answer.
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
    var request = new HttpPost(payments);
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
    try {
      return http.execute(request, PaymentClient::answer);
    } catch (ConnectException | ConnectTimeoutException neverSent) {
      return Answer.failed(neverSent.getClass().getSimpleName());
    } catch (IOException failure) {
      return Answer.unknown(failure.getClass().getSimpleName());
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException, HttpException {
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    if (response.getCode() == HttpStatus.SC_CREATED) {
      return receipt(body);
    }
    return Answer.problem(response.getCode(), problemType(body));
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

package org.ticketing.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.ticketing.platform.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends payments. Does as little as possible, because it runs on the machine it measures. */
final class PaymentClient implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();

  private final CloseableHttpClient http = Connections.pooled();
  private final String payments;

  PaymentClient(String url) {
    this.payments = url + "/payments";
  }

  Answer pay(PlannedPayment payment) {
    var request = new HttpPost(payments);
    request.setHeader("Authorization", "Bearer " + payment.buyer().apis().token());
    request.setHeader("Idempotency-Key", UUID.randomUUID().toString());
    request.setEntity(
        new StringEntity(
            "{\"reservationId\":\"%s\"}".formatted(payment.reservationId()),
            ContentType.APPLICATION_JSON));
    try {
      return http.execute(request, PaymentClient::answer);
    } catch (IOException failure) {
      return Answer.unanswered(failure.getClass().getSimpleName());
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException, HttpException {
    String body = EntityUtils.toString(response.getEntity());
    if (response.getCode() == HttpStatus.SC_CREATED) {
      return Answer.completed();
    }
    String reason = reason(body);
    return response.getCode() < HttpStatus.SC_SERVER_ERROR && reason != null
        ? Answer.refused(reason)
        : Answer.unanswered(reason == null ? "HTTP " + response.getCode() : reason);
  }

  private static String reason(String body) {
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

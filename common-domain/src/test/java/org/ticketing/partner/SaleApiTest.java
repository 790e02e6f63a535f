package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.platform.Problems;
import org.ticketing.testing.OnRealDatabase;

/** Tests that a list of sales is accepted as a whole or not at all. */
@OnRealDatabase.Postgresql
class SaleApiTest {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aListMayContainAHundredSalesAndNotMore() throws Exception {
    List<String> sales = Stream.generate(SaleApiTest::sale).limit(SaleApi.MOST).toList();
    assertThat(record(sales).statusCode()).isEqualTo(204);
    assertRefused("sales size must be between 0 and 100", append(sales, sale()));
  }

  @Test
  void anEmptyListIsRefused() throws Exception {
    assertRefused("sales must not be empty", List.of());
    assertRefused("sales must not be null", Collections.singletonList("null"));
  }

  @Test
  void aListWithAnIncompleteSaleIsRefused() throws Exception {
    long before = recorded();
    assertRefused(
        "must not be null", append(List.of(sale()), sale().replace("paymentId", "payment")));
    assertRefused("must not be empty", List.of(sale(), sale().replaceAll("\\[.*]", "[]")));
    assertRefused(
        "must be greater than or equal to 1",
        List.of(sale().replace("\"price\":100", "\"price\":0")));
    assertThat(recorded()).isEqualTo(before);
  }

  @Test
  void aSaleThatIsNotInAListIsRefused() throws Exception {
    HttpResponse<String> answer = send(sale());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(Problems.TYPE_PREFIX + "invalid-request");
  }

  private long recorded() {
    return jdbc.sql("SELECT number FROM last_sale").query(Long.class).single();
  }

  private static List<String> append(List<String> sales, String sale) {
    return Stream.concat(sales.stream(), Stream.of(sale)).toList();
  }

  private static String sale() {
    return "{\"paymentId\":\"%s\",\"scheduleId\":\"%s\",\"seatIds\":[\"%s\"],\"price\":100}"
        .formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
  }

  private void assertRefused(String detail, List<String> sales) throws Exception {
    HttpResponse<String> answer = record(sales);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"" + Problems.TYPE_PREFIX + "invalid-request\"")
        .contains(detail)
        .doesNotContain("org.ticketing", "Exception");
  }

  private HttpResponse<String> record(List<String> sales) throws Exception {
    return send(sales.toString());
  }

  private HttpResponse<String> send(String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/sales"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + OnRealDatabase.Servers.token("payment", "partner"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

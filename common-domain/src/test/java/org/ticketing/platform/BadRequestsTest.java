package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that bad input is answered with a problem detail of a stable type and without details of
 * the implementation.
 */
@OnRealDatabase.Postgresql
class BadRequestsTest {

  private static final String ID = "00000000-0000-0000-0000-000000000000";

  private static final UUID ME = UUID.randomUUID();

  @LocalServerPort private int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /users                       | {"email":"no","name":"N","password":"long enough"}             | 400 | invalid-request
          POST   | /users                       | {"email":"a@example.org","name":" ","password":"long enough"}  | 400 | invalid-request
          POST   | /users                       | {"email":                             | 400 | invalid-request
          POST   | /users                       | []                                    | 400 | invalid-request
          GET    | /reservations/nobody         |                                       | 400 | invalid-request
          GET    | /users/ME                    |                                       | 404 | unknown-user
          DELETE | /concerts                    |                                       | 405 | method-not-allowed
          GET    | /nowhere                     |                                       | 404 | not-found
          GET    | /concerts?size=101           |                                       | 400 | invalid-request
          GET    | /concerts?page=-1            |                                       | 400 | invalid-request
          POST   | /concerts                    | {"title":"","description":""}         | 400 | invalid-request
          GET    | /concerts/ID                 |                                       | 404 | unknown-concert
          GET    | /schedules/ID                |                                       | 404 | unknown-schedule
          POST   | /schedules/ID/seats          | {"sections":[]}                       | 400 | invalid-request
          GET    | /schedules/ID/seats          |                                       | 404 | unknown-schedule
          GET    | /seats/ID                    |                                       | 404 | unknown-seat
          GET    | /concerts?page=1000001&size=100 |                                    | 400 | invalid-request
          GET    | /concerts?title=%00          |                                       | 400 | invalid-request
          POST   | /concerts                    | {"title":"a\\u0000b","description":""} | 400 | invalid-request
          POST   | /login                       | {"email":"a\\u0000b","password":"x"}  | 400 | invalid-request
          POST   | /concerts/ID/schedules       | {"venue":"V","startsAt":"+1000000000-01-01T00:00:00Z"} | 404 | unknown-concert
          POST   | /schedules/ID/seats          | {"sections":[{"name":"S","grade":"A","rows":200,"seatsPerRow":501,"price":1}]} | 400 | invalid-request
          GET    | /concerts?from=yesterday     |                                       | 400 | invalid-request
          POST   | /login                       | {"email":"a@example.org"}             | 400 | invalid-request
          POST   | /login                       | {"email":"a@example.org","password":"wrong"} | 401 | wrong-credentials
          POST   | /users                       | {"email":"a@example.org","name":"N","password":"short"} | 400 | invalid-request
          POST   | /queue-tokens                | {}                                    | 400 | invalid-request
          POST   | /queue-tokens                | {"scheduleId":"ID"}                   | 404 | unknown-schedule
          GET    | /queue-tokens/x              |                                       | 400 | invalid-request
          GET    | /queue-tokens/ID             |                                       | 404 | unknown-queue-token
          DELETE | /queue-tokens/ID             |                                       | 404 | unknown-queue-token
          GET    | /reservations?size=101       |                                       | 400 | invalid-request
          GET    | /reservations?userId=ID      |                                       | 403 | not-your-reservation
          GET    | /payments?page=-1            |                                       | 400 | invalid-request
          GET    | /partners?size=0             |                                       | 400 | invalid-request
          GET    | /partners/ID                 |                                       | 404 | unknown-partner
          POST   | /partners                    | {"name":"P","url":"ftp://x","secret":"sixteen characters"} | 400 | invalid-request
          GET    | /partner-feed                |                                       | 401 | partner-key-required
          GET    | /partner-feed?size=1001      |                                       | 400 | invalid-request
          POST   | /reservations                | {}                                    | 400 | invalid-request
          POST   | /reservations                | {"seatId":"ID","holdFor":"PT-1S"} | 400 | invalid-request
          POST   | /reservations                | {"seatId":"ID"}         | 404 | unknown-user
          GET    | /reservations/ID             |                                       | 404 | unknown-reservation
          DELETE | /reservations/ID             |                                       | 404 | unknown-reservation
          POST   | /wallets/ME/charges          | {"amount":0}                          | 400 | invalid-request
          POST   | /wallets/ME/charges          | {"amount":-5}                         | 400 | invalid-request
          POST   | /wallets/ME/charges          | {"amount":1e30}                       | 400 | invalid-request
          POST   | /wallets/ME/charges          | {"amount":9223372036854775808}        | 400 | invalid-request
          POST   | /wallets/ME/charges          | {"amount":1}                          | 404 | unknown-user
          GET    | /wallets/ME/entries?size=0   |                                       | 400 | invalid-request
          POST   | /payments                    | {}                       | 400 | invalid-request
          POST   | /payments                    | {"reservationId":"ID"}  | 404 | unknown-user
          GET    | /payments/ID                 |                                       | 404 | unknown-payment
          GET    | /operations/transactions?show=some |                                 | 400 | invalid-request
          GET    | /operations/transactions?size=1001 |                                 | 400 | invalid-request
          GET    | /operations/transactions?after=x   |                                 | 400 | invalid-request
          GET    | /operations/transactions?after=eHg |                                 | 400 | invalid-request
          GET    | /operations/transactions?user=me   |                                 | 400 | invalid-request
          GET    | /operations/transactions?from=now  |                                 | 400 | invalid-request
          GET    | /operations/transactions/one?id=ID   |                               | 404 | unknown-transaction
          GET    | /operations/transactions/one?id=a/b/1 |                              | 404 | unknown-transaction
          GET    | /operations/transactions/one |                                       | 400 | invalid-request
          POST   | /operations/transactions/previews  | {"steering":"RETRY","transactions":[]}       | 400 | invalid-request
          POST   | /operations/transactions/previews  | {"steering":"MEND","transactions":["ID"]}    | 400 | invalid-request
          POST   | /operations/transactions/steerings | {"steering":"COMPLETE","transactions":["ID"]} | 400 | invalid-request
          GET    | /operations/transactions/steerings?after=eHg |                       | 400 | invalid-request
          GET    | /operations/tracking/log?after=eHg |                                 | 400 | invalid-request
          GET    | /operations/tracking/log?size=0    |                                 | 400 | invalid-request
          GET    | /operations/tracking/holdings      |                                 | 400 | invalid-request
          """)
  void isRefusedWithAType(String method, String path, String body, int status, String type)
      throws Exception {
    HttpResponse<String> answer =
        send(request(method, path, body).header("Idempotency-Key", "a key").build());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"" + Problems.TYPE_PREFIX + type + "\"")
        .doesNotContain("org.ticketing", "Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /wallets/ME/charges    | {"amount":100.9}                      | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":100.0}                      | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":1e2}                        | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":"100"}                      | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":""}                         | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":true}                       | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":[100]}                      | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":null}                       | amount must be a whole number
          POST | /wallets/ME/charges    | {}                                    | amount must be a whole number
          POST | /wallets/ME/charges    | {"amount":9223372036854775808}        | amount cannot be read
          POST | /wallets/ME/charges    | {"amount":1                           | The body is not the JSON
          POST | /wallets/ME/charges    |                                       | The body is missing
          POST | /schedules/ID/seats    | {"sections":[{"name":"S","grade":"A","rows":1.5,"seatsPerRow":1,"price":1}]}   | sections.rows must be a whole number
          POST | /schedules/ID/seats    | {"sections":[{"name":"S","grade":"A","rows":1,"seatsPerRow":"1","price":1}]}   | sections.seatsPerRow must be a whole number
          POST | /schedules/ID/seats    | {"sections":[{"name":"S","grade":"A","rows":1,"seatsPerRow":1,"price":0.5}]}   | sections.price must be a whole number
          POST | /concerts/ID/schedules | {"venue":"V","startsAt":1893456000}   | startsAt cannot be read
          POST | /concerts/ID/schedules | {"venue":"V","startsAt":"tomorrow"}   | startsAt cannot be read
          POST | /concerts              | {"title":7,"description":""}          | title cannot be read
          POST | /reservations          | {"seatId":"ID","holdFor":300}         | holdFor cannot be read
          POST | /reservations          | {"seatId":"seat"}                     | seatId cannot be read
          GET  | /concerts?page=1.5     |                                       | '''page'''
          GET  | /concerts?size=ten     |                                       | '''size'''
          GET  | /partner-feed?after=1.0 |                                      | '''after'''
          """)
  void aValueOfTheWrongKindIsRefusedByTheNameOfItsField(
      String method, String path, String body, String detail) throws Exception {
    HttpResponse<String> answer =
        send(request(method, path, body).header("Idempotency-Key", "a key").build());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"" + Problems.TYPE_PREFIX + "invalid-request\"", detail)
        .doesNotContain("org.ticketing", "Exception");
  }

  /** Processes of different versions work together while they are being replaced. */
  @Test
  void aFieldThatNobodyKnowsIsIgnored() throws Exception {
    String body = "{\"title\":\"The Two Generals\",\"description\":\"\",\"subtitle\":\"Live\"}";
    assertThat(send(request("POST", "/concerts", body).build()).statusCode()).isEqualTo(201);
  }

  /** Tomcat answers it, before Spring sees it. */
  @Test
  void aRequestThatIsNoHttpIsAnsweredWithJsonToo() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode problem =
          JsonMapper.shared()
              .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
      assertThat(problem.get("status").asInt()).isEqualTo(400);
      assertThat(problem.get("type").asString())
          .isEqualTo(Problems.TYPE_PREFIX + "invalid-request");
    }
  }

  @Test
  void aPaymentNeedsAKey() throws Exception {
    HttpResponse<String> answer =
        send(request("POST", "/payments", "{\"reservationId\":\"ID\"}").build());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key");
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    String operator = Bearer.user(OnRealDatabase.Servers.get().keys(), ME, "OPERATOR");
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + port + path.replace("ID", ID).replace("ME", ME.toString())))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + operator)
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.replace("\"ID\"", '"' + ID + '"')));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

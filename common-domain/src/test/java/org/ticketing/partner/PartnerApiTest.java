package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnRealDatabase.Postgresql
class PartnerApiTest {

  private static final String SECRET = "0123456789abcdef";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String name = UUID.randomUUID().toString();

  @Test
  void theFeedNeedsAKey() throws Exception {
    JsonNode partner = registered();
    String key = partner.get("feedKey").asString();
    assertThat(feed(key).statusCode()).isEqualTo(200);
    assertRefused(feed(null), 401, "partner-key-required");
    assertRefused(feed(""), 401, "partner-key-required");
    assertRefused(feed(key + "A"), 401, "partner-key-required");
    assertRefused(feed(new FeedKey(key).hash()), 401, "partner-key-required");

    assertThat(send("DELETE", "/partners/" + id(partner), null).statusCode()).isEqualTo(204);
    assertRefused(feed(key), 401, "partner-key-required");
  }

  @Test
  void neitherSecretNorKeyIsShownAgain() throws Exception {
    JsonNode partner = registered();
    assertThat(partner.toString()).doesNotContain(SECRET);
    String key = partner.get("feedKey").asString();
    assertThat(send("GET", "/partners/" + id(partner), null).body())
        .contains(name)
        .doesNotContain(SECRET, key, new FeedKey(key).hash());
    assertThat(send("GET", "/partners?size=100", null).body())
        .contains(name)
        .doesNotContain(SECRET, key, new FeedKey(key).hash());
    assertThat(
            jdbc.sql("SELECT row_to_json(partner)::text FROM partner WHERE name = :name")
                .param("name", name)
                .query(String.class)
                .single())
        .doesNotContain(key);
  }

  @Test
  void aNameCanBeTakenOnce() throws Exception {
    registered();
    assertRefused(register("https://example.org/", SECRET), 409, "partner-exists");
  }

  @Test
  void anEndedPartnerCannotBeResumed() throws Exception {
    String path = "/partners/" + id(registered());
    send("DELETE", path, null);
    assertRefused(send("POST", path + "/resumptions", null), 409, "partner-ended");
    assertThat(send("GET", path, null).body()).contains("\"ENDED\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/sales",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///sales",
        "http://a..b/",
        "http://user:password@example.org/",
        "http://user@example.org/",
        "http://example.org:65536/",
        "http://example.org:0/",
        "http://example.org/#part",
        "mailto:a@example.org"
      })
  void anEndpointIsAnAbsoluteHttpAddress(String url) throws Exception {
    assertRefused(register(url, SECRET), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123456789abcdef\\u0007"})
  void aSecretIsLongAndPrintable(String secret) throws Exception {
    HttpResponse<String> answer = register("https://example.org/", secret);
    assertRefused(answer, 400, "invalid-request");
    assertThat(answer.body()).contains("secret").doesNotContain("0123456789abcdef");
  }

  @Test
  void unknownPartnersAreRefused() throws Exception {
    String path = "/partners/" + UUID.randomUUID();
    assertRefused(send("GET", path, null), 404, "unknown-partner");
    assertRefused(send("DELETE", path, null), 404, "unknown-partner");
    assertRefused(send("GET", path + "/deliveries", null), 404, "unknown-partner");
    assertRefused(send("POST", path + "/resumptions", null), 404, "unknown-partner");
  }

  private JsonNode registered() throws Exception {
    HttpResponse<String> answer = register("https://example.org/sales", SECRET);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode partner = json.readTree(answer.body());
    // Nothing is to be sent to that address, whatever else is sold in this database.
    jdbc.sql("UPDATE partner SET status = 'PARKED' WHERE name = :name")
        .param("name", name)
        .update();
    return partner;
  }

  private static String id(JsonNode partner) {
    return partner.get("id").asString();
  }

  private HttpResponse<String> register(String url, String secret) throws Exception {
    return send(
        "POST",
        "/partners",
        "{\"name\":\"%s\",\"url\":\"%s\",\"secret\":\"%s\"}".formatted(name, url, secret));
  }

  private HttpResponse<String> feed(String key) throws Exception {
    var request = HttpRequest.newBuilder(uri("/partner-feed"));
    if (key != null) {
      request.header("Partner-Key", key);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    String operator =
        Bearer.user(OnRealDatabase.Servers.get().keys(), UUID.randomUUID(), "OPERATOR");
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + operator)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:ticketing:problem:" + type);
  }
}

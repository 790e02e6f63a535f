package org.ticketing.stack.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.json.BasicJsonParser;
import org.ticketing.stack.process.StackException;

/**
 * The HTTP API of a Seata server, which lists its sessions: the global transactions that it has not
 * finished. A finished one is removed at once from the file store.
 */
final class SeataConsole {

  /** Can be asked without a login, as everything can that the server's other port takes. */
  private static final String SESSIONS = "/api/v1/console/globalSession/query";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final int port;

  SeataConsole(int port) {
    this.port = port;
  }

  /** The settings that the server is to be started with. */
  Map<String, String> settings() {
    return Map.of(
        "server.port",
        String.valueOf(port),
        "server.address",
        "127.0.0.1",
        "seata.security.ignore.urls",
        SESSIONS);
  }

  /** See {@link Server#unfinishedTransactions}. */
  long unfinishedTransactions(String application) {
    URI query =
        URI.create(
            "http://127.0.0.1:%s%s?pageNum=1&pageSize=1&applicationId=%s"
                .formatted(port, SESSIONS, application));
    try {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(query).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() == OK
          && new BasicJsonParser().parseMap(answer.body()).get("total") instanceof Number total) {
        return total.longValue();
      }
      throw new StackException(
          "The Seata server does not tell its sessions: HTTP %d, %s."
              .formatted(answer.statusCode(), answer.body()));
    } catch (IOException failure) {
      throw new StackException(
          "The Seata server does not tell its sessions: " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Nobody waits for the Seata server any more.");
    }
  }
}

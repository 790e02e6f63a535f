package org.ticketing.stack.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.json.BasicJsonParser;
import org.springframework.boot.json.JsonWriter;
import org.ticketing.stack.process.StackException;

/**
 * The HTTP API of a Seata server, which lists its sessions: the global transactions that it has not
 * finished. A finished one is removed at once from the file store. Safe for several threads.
 */
public final class SeataConsole {

  private static final String SESSIONS = "/api/v1/console/globalSession/query";
  private static final String LOGIN = "/api/v1/auth/login";
  private static final String AUTHORIZATION = "Authorization";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final String url;
  private final Login login;
  private volatile String token;

  private record Login(String user, String password) {}

  private SeataConsole(String url, Login login) {
    this.url = url;
    this.login = login;
  }

  /** The console at that URL, which answers without a login. */
  public static SeataConsole at(String url) {
    return new SeataConsole(url, null);
  }

  /** The console at that URL, where a user logs in when it asks for that. */
  public static SeataConsole at(String url, String user, String password) {
    return new SeataConsole(url, new Login(user, password));
  }

  /**
   * The settings that a server is to be started with, so that its console is at that port of the
   * loopback interface. The sessions can be asked for without a login, as everything can that the
   * server's other port takes.
   */
  static Map<String, String> settings(int port) {
    return Map.of(
        "server.port",
        String.valueOf(port),
        "server.address",
        "127.0.0.1",
        "seata.security.ignore.urls",
        SESSIONS);
  }

  /**
   * The number of global transactions that the server has not finished.
   *
   * @param application the name of the application that began them, or a part of it; empty for all
   * @throws StackException if the server does not tell
   */
  public long unfinishedTransactions(String application) {
    HttpResponse<String> answer = sessions(application);
    if (answer.statusCode() == UNAUTHORIZED && login != null) {
      token = logIn();
      answer = sessions(application);
    }
    if (answer.statusCode() == OK
        && new BasicJsonParser().parseMap(answer.body()).get("total") instanceof Number total) {
      return total.longValue();
    }
    throw failure("HTTP %d, %s".formatted(answer.statusCode(), answer.body()));
  }

  private HttpResponse<String> sessions(String application) {
    HttpRequest.Builder request =
        request(
            "%s?pageNum=1&pageSize=1%s"
                .formatted(SESSIONS, application.isEmpty() ? "" : "&applicationId=" + application));
    String current = token;
    if (current != null) {
      request.header(AUTHORIZATION, current);
    }
    return send(request.build());
  }

  private String logIn() {
    String credentials =
        JsonWriter.<Map<String, String>>standard()
            .writeToString(Map.of("username", login.user(), "password", login.password()));
    HttpResponse<String> answer =
        send(
            request(LOGIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(credentials))
                .build());
    return answer
        .headers()
        .firstValue(AUTHORIZATION)
        .orElseThrow(() -> failure("it refuses the login of " + login.user()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException noAnswer) {
      throw failure(Objects.toString(noAnswer.getMessage(), "it is not there"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Nobody waits for the Seata server any more.");
    }
  }

  private static StackException failure(String reason) {
    return new StackException("The Seata server does not tell its sessions: " + reason + ".");
  }
}

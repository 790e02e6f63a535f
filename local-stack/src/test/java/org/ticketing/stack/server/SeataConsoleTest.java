package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.process.StackException;

/** Asks a server that answers as Seata's does. */
class SeataConsoleTest {

  private static final String SESSIONS = "{\"code\":\"200\",\"total\":3,\"data\":[]}";

  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String url;
  private volatile boolean isLoginNeeded;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/console/globalSession/query", this::sessions);
    server.createContext("/api/v1/auth/login", this::logIn);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void asksForTheTransactionsOfAnApplicationOrForAll() {
    SeataConsole console = SeataConsole.at(url);

    assertThat(console.unfinishedTransactions("tcc-payment")).isEqualTo(3);
    assertThat(console.unfinishedTransactions("")).isEqualTo(3);

    assertThat(queries)
        .containsExactly("pageNum=1&pageSize=1&applicationId=tcc-payment", "pageNum=1&pageSize=1");
    assertThat(logins).isEmpty();
  }

  @Test
  void logsInOnceWhenItHasTo() {
    isLoginNeeded = true;
    SeataConsole console = SeataConsole.at(url, "seata", "a \"quoted\" secret");

    assertThat(console.unfinishedTransactions("")).isEqualTo(3);
    assertThat(console.unfinishedTransactions("")).isEqualTo(3);

    assertThat(logins)
        .singleElement()
        .asString()
        .contains("\"username\":\"seata\"", "\"password\":\"a \\\"quoted\\\" secret\"");
  }

  @Test
  void saysThatItsLoginIsRefused() {
    isLoginNeeded = true;

    assertRefused(SeataConsole.at(url, "seata", "guessed"), "it refuses the login of seata.");
    assertRefused(SeataConsole.at(url), "HTTP 401, .");
  }

  @Test
  void saysThatNobodyIsThere() {
    server.stop(0);

    assertThatThrownBy(() -> SeataConsole.at(url).unfinishedTransactions(""))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("The Seata server does not tell its sessions: ")
        .hasMessageNotContaining("null");
  }

  private static void assertRefused(SeataConsole console, String reason) {
    assertThatThrownBy(() -> console.unfinishedTransactions(""))
        .isInstanceOf(StackException.class)
        .hasMessage("The Seata server does not tell its sessions: " + reason);
  }

  private void sessions(HttpExchange exchange) throws IOException {
    queries.add(exchange.getRequestURI().getQuery());
    boolean isAllowed =
        !isLoginNeeded
            || "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(exchange, isAllowed ? 200 : 401, isAllowed ? SESSIONS : "");
  }

  private void logIn(HttpExchange exchange) throws IOException {
    String credentials =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    logins.add(credentials);
    if (!credentials.contains("guessed")) {
      exchange.getResponseHeaders().add("Authorization", "Bearer token");
    }
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}

package org.ticketing.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Plays the tracker: answers what it was told to, to an operator who has signed in. */
final class FakeTracker implements AutoCloseable {

  static final String EMAIL = "night@example.org";
  static final String PASSWORD = "a secret";

  private static final String TOKEN = "a token";

  private final HttpServer server;
  private final Map<String, UnaryOperator<String>> answers = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private boolean isOperator = true;

  private FakeTracker() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  static FakeTracker start() throws IOException {
    return new FakeTracker();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets nobody be an operator. */
  void forgetOperators() {
    isOperator = false;
  }

  /**
   * @param request method, path, and query, such as {@code GET /transactions?show=all}
   */
  FakeTracker answers(String request, String json) {
    return answers(request, body -> json);
  }

  /** Like {@link #answers(String, String)}, by what is sent. */
  synchronized FakeTracker answers(String request, UnaryOperator<String> json) {
    answers.put(request, json);
    return this;
  }

  /** All requests so far but the sign-in, with what was sent. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (request.equals("POST /login")) {
        signIn(exchange, sent);
        return;
      }
      asked.add((request + " " + sent).strip());
      String bearer = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(bearer)) {
        send(exchange, 401, "{\"detail\": \"Sign in first.\"}");
        return;
      }
      UnaryOperator<String> answer = answer(request);
      if (answer == null) {
        send(exchange, 404, "{\"detail\": \"Nobody knows that transaction.\"}");
      } else {
        send(exchange, 200, answer.apply(sent));
      }
    }
  }

  private synchronized UnaryOperator<String> answer(String request) {
    return answers.get(request);
  }

  private void signIn(HttpExchange exchange, String sent) throws IOException {
    if (!sent.contains(EMAIL) || !sent.contains(PASSWORD)) {
      send(exchange, 401, "{\"detail\": \"E-mail address or password is wrong.\"}");
      return;
    }
    send(
        exchange,
        200,
        """
        {"userId": "00000000-0000-0000-0000-000000000001", "token": "%s",
         "expiresAt": "2026-11-26T15:00:00Z", "operator": %s}
        """
            .formatted(TOKEN, isOperator));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

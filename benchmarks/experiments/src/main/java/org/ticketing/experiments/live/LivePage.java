package org.ticketing.experiments.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ticketing.stack.run.UnusableException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page, its files, and what it asks for, on the loopback interface:
 *
 * <ul>
 *   <li>{@code GET /offer}: what can be ordered;
 *   <li>{@code POST /orders}: plays an order, if none is being played;
 *   <li>{@code POST /stops}: sends no more payments;
 *   <li>{@code GET /events}: server-sent events, each with all that is shown.
 * </ul>
 *
 * <p>Any page that is open in a browser of this machine could call them, so that requests of pages
 * of other origins, and for other names of this host, are refused.
 */
final class LivePage implements Closeable {

  private static final Map<String, String> FILES =
      Map.of(
          "/", "live.html",
          "/live.css", "live.css",
          "/live.js", "live.js");

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private static final String JSON_TYPE = "application/json";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final int MOST_BYTES = 1024;
  private static final int MOST_LISTENERS = 20;
  private static final long MILLIS_BETWEEN_EVENTS = 500;

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int UNAVAILABLE = 503;

  private static final JsonMapper JSON = new JsonMapper();

  private final Performances performances;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

  /** Why a request is not answered with what it asked for. */
  private static final class Refused extends Exception {

    private final int status;

    Refused(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  /** What is sent as JSON instead of an answer. */
  private record Problem(String detail) {}

  private LivePage(Performances performances, HttpServer server) {
    this.performances = performances;
    this.server = server;
  }

  /**
   * Takes the port, at which nothing is answered yet.
   *
   * @param port 0 for a free one
   * @throws UnusableException it is taken
   */
  static HttpServer bind(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException taken) {
      throw new UnusableException("Port %d is taken; choose another one.".formatted(port));
    }
  }

  /** Begins to serve it. */
  static LivePage serve(Performances performances, HttpServer server) {
    LivePage page = new LivePage(performances, server);
    server.createContext("/", page::handle);
    server.setExecutor(page.threads);
    server.start();
    return page;
  }

  /** Where it is, with a slash at its end. */
  String url() {
    return "http://127.0.0.1:%s/".formatted(port());
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      try {
        requireOwnOrigin(exchange);
        answer(exchange);
      } catch (Refused refused) {
        send(exchange, refused.status, new Problem(refused.getMessage()));
      }
    }
  }

  /** Another name that leads here is one by which a page of the internet got the browser to ask. */
  private void requireOwnOrigin(HttpExchange exchange) throws Refused {
    Set<String> hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port());
    String host = exchange.getRequestHeaders().getFirst("Host");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (host == null
        || !hosts.contains(host)
        || origin != null && !origin.equals("http://" + host)) {
      throw new Refused(FORBIDDEN, "This page is for the machine that it runs on.");
    }
  }

  private void answer(HttpExchange exchange) throws IOException, Refused {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/offer" -> {
        require(exchange, "GET");
        send(exchange, OK, performances.offer());
      }
      case "/events" -> {
        require(exchange, "GET");
        stream(exchange);
      }
      case "/orders" -> {
        require(exchange, "POST");
        order(exchange);
      }
      case "/stops" -> {
        require(exchange, "POST");
        performances.stop();
        exchange.sendResponseHeaders(ACCEPTED, -1);
      }
      default -> {
        if (!FILES.containsKey(path)) {
          throw new Refused(NOT_FOUND, "There is no such page.");
        }
        require(exchange, "GET");
        sendFile(exchange, FILES.get(path));
      }
    }
  }

  private static void require(HttpExchange exchange, String method) throws Refused {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refused(METHOD_NOT_ALLOWED, "Ask with " + method + ".");
    }
  }

  private void order(HttpExchange exchange) throws IOException, Refused {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith(JSON_TYPE)) {
      throw new Refused(UNSUPPORTED_MEDIA_TYPE, "Send " + JSON_TYPE + ".");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    try {
      performances.start(Order.parse(new String(body, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException wrong) {
      throw new Refused(BAD_REQUEST, wrong.getMessage());
    } catch (IllegalStateException busy) {
      throw new Refused(CONFLICT, busy.getMessage());
    }
    exchange.sendResponseHeaders(ACCEPTED, -1);
  }

  private void stream(HttpExchange exchange) throws IOException, Refused {
    if (!listeners.tryAcquire()) {
      throw new Refused(UNAVAILABLE, "So many windows show this page that no more can.");
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(OK, 0);
      OutputStream out = exchange.getResponseBody();
      do {
        String event = "data: " + JSON.writeValueAsString(performances.shown()) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } while (!closed.await(MILLIS_BETWEEN_EVENTS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  private static void sendFile(HttpExchange exchange, String name) throws IOException {
    String type = TYPES.get(name.substring(name.indexOf('.') + 1));
    try (InputStream file = LivePage.class.getResourceAsStream(name)) {
      send(exchange, OK, type + "; charset=utf-8", file.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, JSON_TYPE, JSON.writeValueAsBytes(body));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Ends all requests. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

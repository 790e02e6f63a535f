package org.ticketing.partner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A partner's endpoint, which accepts everything unless a test tells it otherwise. */
class Receiver implements AutoCloseable {

  record Received(String path, long sale, long timestamp, String signature, byte[] body) {}

  private static final int NO_BODY = -1;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile HttpHandler behaviour;

  Receiver() throws IOException {
    answer(200);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  void answer(int status) {
    behaviour = exchange -> exchange.sendResponseHeaders(status, NO_BODY);
  }

  void redirectTo(String path) {
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().set("Location", path);
          exchange.sendResponseHeaders(307, NO_BODY);
        };
  }

  void neverAnswer() {
    behaviour = exchange -> isClosedWithin(Integer.MAX_VALUE);
  }

  void trickle() {
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!isClosedWithin(20)) {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
          }
        };
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sales");
  }

  List<Received> received() {
    return received;
  }

  List<Long> numbers() {
    return received.stream().map(Received::sale).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(
          new Received(
              exchange.getRequestURI().getPath(),
              Long.parseLong(exchange.getRequestHeaders().getFirst("Ticketing-Sale")),
              Long.parseLong(exchange.getRequestHeaders().getFirst("Ticketing-Timestamp")),
              exchange.getRequestHeaders().getFirst("Ticketing-Signature"),
              exchange.getRequestBody().readAllBytes()));
      behaviour.handle(exchange);
    }
  }

  private boolean isClosedWithin(int millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

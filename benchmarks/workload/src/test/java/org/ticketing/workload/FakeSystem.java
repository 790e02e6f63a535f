package org.ticketing.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ticketing.platform.Problems;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public APIs of a system with one customer and one reservation, which says what it is told to.
 */
final class FakeSystem implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  static final long PRICE = 10;

  /** An HTTP answer. */
  record Reply(int status, Object body) {}

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final UUID seat = UUID.randomUUID();
  final UUID payment = UUID.randomUUID();
  final Customer customer;
  final PlannedPayment planned;

  volatile Callable<Reply> wallet = this::unusedWallet;
  volatile Callable<Reply> reservation = () -> reservation(Status.HELD);
  volatile Callable<Reply> payments = () -> new Reply(503, "");
  volatile String lastKey;
  final List<String> requests = new CopyOnWriteArrayList<>();

  FakeSystem() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/wallets", () -> wallet.call());
    answer("/reservations", () -> reservation.call());
    answer("/payments", () -> payments.call());
    server.start();
    customer = new Customer(UUID.randomUUID(), apis());
    planned =
        new PlannedPayment(customer, UUID.randomUUID(), PRICE, PlannedPayment.Expected.COMPLETED);
  }

  /** Its APIs, as somebody who is signed in. */
  PublicApis apis() {
    return PublicApis.at(service -> url(), Connections.ofApis()).as(() -> "token");
  }

  /** Answers requests for this path and those below it. */
  void answer(String path, Callable<Reply> reply) {
    server.createContext(path, exchange -> answer(exchange, reply));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Reply unusedWallet() {
    return wallet(List.of(), List.of());
  }

  Reply usedWallet() {
    return wallet(List.of(payment), List.of());
  }

  Reply refundedWallet() {
    return wallet(List.of(payment), List.of(payment));
  }

  Reply wallet(List<UUID> uses, List<UUID> refunds) {
    List<EntryView> entries = new ArrayList<>();
    entries.add(new EntryView(Kind.CHARGE, PRICE, null, Instant.EPOCH));
    uses.forEach(use -> entries.add(new EntryView(Kind.USE, -PRICE, use, Instant.EPOCH)));
    refunds.forEach(back -> entries.add(new EntryView(Kind.REFUND, PRICE, back, Instant.EPOCH)));
    return new Reply(200, entries);
  }

  Reply reservation(Status status) {
    return reservation(status, Instant.EPOCH);
  }

  Reply reservation(Status status, Instant heldUntil) {
    return new Reply(
        200,
        new ReservationView(
            planned.reservationId(),
            customer.id(),
            UUID.randomUUID(),
            seat,
            PRICE,
            status,
            heldUntil,
            status == Status.HELD ? null : payment));
  }

  static Reply problem(int status, String reason) {
    return new Reply(status, Map.of("type", Problems.TYPE_PREFIX + reason));
  }

  private void answer(HttpExchange exchange, Callable<Reply> reply) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      exchange.getRequestBody().readAllBytes();
      lastKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      Reply told = reply.call();
      byte[] body = JSON.writeValueAsString(told.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(told.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException failure) {
      throw failure;
    } catch (Exception brokenOff) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

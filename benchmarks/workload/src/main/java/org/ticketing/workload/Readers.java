package org.ticketing.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.ticketing.workload.history.History;

/**
 * Readers look at wallets and reservations while they are being paid, as the customers' phones do,
 * and record what they see. All payments of a customer are followed by the same reader.
 */
public final class Readers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Short, because a customer looks again rather than wait. */
  private static final Timeout ANSWER = Timeout.ofSeconds(2);

  private final List<Reader> readers;
  private final CloseableHttpClient http = Connections.pooled(ANSWER);
  private final Map<UUID, Reader> byCustomer = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  private Readers(History history, int readers, Duration patience, Duration pause) {
    var connections = new HttpComponentsClientHttpRequestFactory(http);
    this.readers =
        IntStream.range(0, readers)
            .mapToObj(
                number ->
                    new Reader(number, history, connections, patience.toNanos(), pause.toMillis()))
            .toList();
    this.readers.forEach(Reader::start);
  }

  /** Follows a payment for up to 5 seconds after its answer. */
  public static Readers start(History history, int readers) {
    return start(history, readers, PATIENCE);
  }

  /**
   * Like {@link #start(History, int)}, for times in which others need the processor.
   *
   * @param pause that a reader makes after each customer
   */
  public static Readers startUnhurried(History history, int readers, Duration pause) {
    return new Readers(history, readers, PATIENCE, pause);
  }

  /**
   * Starts readers.
   *
   * @param readers how many; may be 0
   * @param patience how long a payment whose end was not seen is followed after its answer, without
   *     the time in which it could not be read
   */
  public static Readers start(History history, int readers, Duration patience) {
    return new Readers(history, readers, patience, PAUSE);
  }

  /** The payment is about to be sent, or sent again. */
  public void follow(PlannedPayment payment) {
    if (!readers.isEmpty()) {
      readerOf(payment).follow(payment);
    }
  }

  /** The payment was answered, or its answer is lost. */
  public void answered(PlannedPayment payment, Answer answer) {
    if (!readers.isEmpty()) {
      readerOf(payment).answered(payment, answer);
    }
  }

  private Reader readerOf(PlannedPayment payment) {
    return byCustomer.computeIfAbsent(
        payment.customer().id(), id -> readers.get(turn.getAndIncrement() % readers.size()));
  }

  /** Waits, for a limited time, until the end of every payment was seen; then follows none. */
  public void finish(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Reader reader : readers) {
      reader.finish(deadline);
    }
  }

  /** Stops the readers; reads under way are broken off. */
  @Override
  public void close() {
    readers.forEach(Reader::stop);
    http.close(CloseMode.IMMEDIATE);
    readers.forEach(Reader::join);
  }
}

package org.ticketing.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.Tally.Latency;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Outcome;

/** Clients that each send a payment, wait for its answer, and send the next. Measures capacity. */
public final class ClosedLoop {

  private static final long LONGEST_MICROS = Duration.ofMinutes(5).toNanos() / 1000;
  private static final int SIGNIFICANT_DIGITS = 3;

  private ClosedLoop() {}

  /**
   * Sends all payments.
   *
   * @param url of the payment service
   * @param readers are told which payments are under way
   */
  public static Tally send(
      String url, List<PlannedPayment> payments, int clients, History history, Readers readers)
      throws InterruptedException {
    return send(url, payments, clients, history, readers, PaymentWay.SYNCHRONOUS);
  }

  /** As the other. The latency of a payment is the time until its end is known, in either way. */
  public static Tally send(
      String url,
      List<PlannedPayment> payments,
      int clients,
      History history,
      Readers readers,
      PaymentWay way)
      throws InterruptedException {
    Queue<PlannedPayment> queue = new ConcurrentLinkedQueue<>(payments);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (PaymentClient http = new PaymentClient(url, history, way)) {
      List<Future<Count>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return sendUntilEmpty(http, queue, readers);
                }));
      }
      long began = System.nanoTime();
      start.countDown();
      Count all = new Count();
      for (Future<Count> client : running) {
        all.add(client.get());
      }
      return all.tally(payments.size(), System.nanoTime() - began);
    } catch (ExecutionException failure) {
      throw AtOnce.thrownBy(failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Count sendUntilEmpty(
      PaymentClient http, Queue<PlannedPayment> queue, Readers readers) {
    Count count = new Count();
    for (PlannedPayment next = queue.poll();
        next != null && !Thread.currentThread().isInterrupted();
        next = queue.poll()) {
      readers.follow(next);
      long began = System.nanoTime();
      Answer answer = http.pay(next, UUID.randomUUID().toString());
      count.add(next, answer, System.nanoTime() - began);
      readers.answered(next, answer);
    }
    return count;
  }

  /** What one client has seen, or several together. */
  private static final class Count {

    private final Histogram completedMicros = new Histogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);
    private final Histogram acceptedMicros = new Histogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> failed = new TreeMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private int unexpected;

    void add(PlannedPayment payment, Answer answer, long nanos) {
      switch (answer.outcome()) {
        case COMPLETED -> completedMicros.recordValue(Math.min(nanos / 1000, LONGEST_MICROS));
        case REFUSED -> refused.merge(answer.reason(), 1, Integer::sum);
        case FAILED -> failed.merge(answer.reason(), 1, Integer::sum);
        case UNKNOWN -> unknown.merge(answer.reason(), 1, Integer::sum);
      }
      if (answer.isCompleted() && answer.wasAccepted()) {
        acceptedMicros.recordValue(Math.min(answer.acceptedNanos() / 1000, LONGEST_MICROS));
      }
      boolean decided =
          answer.outcome() == Outcome.COMPLETED || answer.outcome() == Outcome.REFUSED;
      if (decided && !payment.expected().isMetBy(answer)) {
        unexpected++;
      }
    }

    void add(Count other) {
      completedMicros.add(other.completedMicros);
      acceptedMicros.add(other.acceptedMicros);
      other.refused.forEach((reason, count) -> refused.merge(reason, count, Integer::sum));
      other.failed.forEach((reason, count) -> failed.merge(reason, count, Integer::sum));
      other.unknown.forEach((reason, count) -> unknown.merge(reason, count, Integer::sum));
      unexpected += other.unexpected;
    }

    Tally tally(int asked, long nanos) {
      int completed = (int) completedMicros.getTotalCount();
      double seconds = nanos / 1e9;
      return new Tally(
          asked,
          new Answers(completed, refused, failed, unknown),
          unexpected,
          seconds,
          completed / seconds,
          latency(completedMicros),
          acceptedMicros.getTotalCount() == 0 ? null : latency(acceptedMicros));
    }

    private static Latency latency(Histogram micros) {
      return new Latency(
          micros.getValueAtPercentile(50),
          micros.getValueAtPercentile(95),
          micros.getValueAtPercentile(99),
          micros.getMaxValue());
    }
  }
}

package org.ticketing.platform;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * What a database holds, as gauges show it. The database is asked at most once in ten seconds,
 * whoever and however many read the gauges, and only when somebody does. A thread of its own asks,
 * so that whoever reads waits for half a second at most, also if the database is silent or the pool
 * has no connection left. One question is under way at a time.
 *
 * @param <T> the answer, from which several gauges can be taken
 */
public final class Sample<T> {

  private static final Logger log = LoggerFactory.getLogger(Sample.class);

  private static final Duration LIFETIME = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String what;
  private final Supplier<T> question;
  private final Executor threads;
  private final LongSupplier nanos;
  private CompletableFuture<T> answer;
  private long askedAt;
  private volatile boolean failing;

  /**
   * @param what is asked for, in messages
   * @param question may throw what it likes, and may take as long as the timeouts of the process
   *     allow
   */
  public Sample(String what, Supplier<T> question) {
    this(what, question, daemons(), System::nanoTime);
  }

  Sample(String what, Supplier<T> question, Executor threads, LongSupplier nanos) {
    this.what = what;
    this.question = question;
    this.threads = threads;
    this.nanos = nanos;
  }

  private static Executor daemons() {
    var threads = new SimpleAsyncTaskExecutor("sample-");
    threads.setDaemon(true);
    return threads;
  }

  /**
   * Returns a figure of the last answer, which is no older than ten seconds.
   *
   * @return NaN if there is no answer
   */
  public double read(ToDoubleFunction<T> figure) {
    try {
      return figure.applyAsDouble(current().get(patienceLeft(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException | TimeoutException none) {
      return Double.NaN;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  /** A question that gets no answer is not asked again before it has ended. */
  private synchronized CompletableFuture<T> current() {
    boolean outdated =
        answer == null || answer.isDone() && nanos.getAsLong() - askedAt >= LIFETIME.toNanos();
    if (outdated) {
      askedAt = nanos.getAsLong();
      answer = CompletableFuture.supplyAsync(this::ask, threads);
    }
    return answer;
  }

  /** The gauges of one answer wait for it together, not one after the other. */
  private synchronized long patienceLeft() {
    return Math.max(0, askedAt + PATIENCE.toNanos() - nanos.getAsLong());
  }

  private T ask() {
    try {
      T answered = question.get();
      failing = false;
      return answered;
    } catch (RuntimeException failure) {
      if (!failing) {
        log.warn("There is no measure of {}: {}", what, failure.toString());
      }
      failing = true;
      throw failure;
    }
  }
}

package org.ticketing.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Sends payments when they are due, whatever became of those before them. A client that is free
 * takes the next payment and waits for its time. Payments that are due while all clients are busy
 * are sent late, in their order.
 */
public final class OpenLoop {

  /** From the start of the clients to the begin, so that they wait for what is due first. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Arrivals arrivals;
  private final int clients;
  private final Clock clock;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile long begin;

  /** The time, on a clock of which only differences count. */
  interface Clock {

    long nanos();

    /** Returns once it is that time, or at once if it is over. */
    void awaitNanos(long time) throws InterruptedException;
  }

  /**
   * @param clients how many payments are under way at the same time at most
   */
  public OpenLoop(Arrivals arrivals, int clients) {
    this(arrivals, clients, new SystemClock());
  }

  OpenLoop(Arrivals arrivals, int clients, Clock clock) {
    this.arrivals = arrivals;
    this.clients = clients;
    this.clock = clock;
    this.begin = clock.nanos();
  }

  /**
   * Sends the payments, once, and returns when all that were sent are answered. What could not be
   * sent until the duration of the arrivals was over is not sent any more.
   *
   * @param payments the payments by their numbers, from 0, in the order in which they are due; one
   *     that is empty when it is due is not sent
   * @param client sends a payment; called from as many threads as there are clients
   * @param answered is told each request that was answered; called from the same threads
   */
  public void send(
      IntFunction<Optional<PlannedPayment>> payments,
      Function<PlannedPayment, Answer> client,
      Consumer<Request> answered)
      throws InterruptedException {
    begin = clock.nanos() + LEAD_NANOS;
    List<Callable<Void>> running = new ArrayList<>();
    for (int number = 0; number < clients; number++) {
      running.add(
          () -> {
            sendUntilOver(payments, client, answered);
            return null;
          });
    }
    try {
      AtOnce.run(clients, running);
    } catch (ExecutionException failure) {
      throw AtOnce.thrownBy(failure);
    }
  }

  private void sendUntilOver(
      IntFunction<Optional<PlannedPayment>> payments,
      Function<PlannedPayment, Answer> client,
      Consumer<Request> answered)
      throws InterruptedException {
    long end = arrivals.duration().toNanos();
    for (long free = now(); free < end; free = now()) {
      int next = taken.getAndIncrement();
      if (next >= arrivals.count()) {
        return;
      }
      clock.awaitNanos(begin + arrivals.due(next));
      Optional<PlannedPayment> payment = payments.apply(next);
      if (payment.isPresent()) {
        long sent = now();
        Answer answer = client.apply(payment.get());
        answered.accept(new Request(payment.get(), arrivals.due(next), free, sent, now(), answer));
      }
    }
  }

  /** How long the first payment that was not sent yet is overdue; 0 if it is not. */
  public long behindNanos() {
    int next = taken.get();
    return next < arrivals.count() ? Math.max(0, now() - arrivals.due(next)) : 0;
  }

  private long now() {
    return clock.nanos() - begin;
  }

  static final class SystemClock implements Clock {

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void awaitNanos(long time) throws InterruptedException {
      for (long left = time - nanos(); left > 0; left = time - nanos()) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }
}

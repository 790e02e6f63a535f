package org.ticketing.payment;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.ticketing.platform.DaemonThreads;
import org.ticketing.platform.Overloaded;

/**
 * Tells those who follow payments in this process of every change. The record is read in one place,
 * for all followers together, because any instance may be at work on a payment: from time to time,
 * and at once when a worker of this process has ended one. As long as nobody follows a payment,
 * nothing is read.
 */
@Component
class PaymentWatches implements SmartLifecycle {

  /** Is told by threads that go on with the next follower: it must not wait. */
  interface Follower {

    /** The payment is so now. Told once for each state, the first as soon as it is read. */
    void changed(Payment payment);

    /** After how long it is called first, and then again and again. */
    Duration interval();

    /** An interval is over. It is also told that while payments cannot be read. */
    void intervalOver();

    /** The process stops. */
    void stopped();
  }

  private static final class Watch {

    private final UUID payment;
    private final Follower follower;
    private final Future<?> intervals;
    private String told;

    Watch(UUID payment, Follower follower, Future<?> intervals) {
      this.payment = payment;
      this.follower = follower;
      this.intervals = intervals;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(PaymentWatches.class);

  private final PaymentService payments;
  private final Asynchrony settings;
  private final Semaphore places;
  private final Map<Follower, Watch> watches = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private volatile ScheduledThreadPoolExecutor timer;
  private volatile boolean running;
  private boolean failing;

  PaymentWatches(PaymentService payments, Asynchrony settings) {
    this.payments = payments;
    this.settings = settings;
    this.places = new Semaphore(settings.followers());
  }

  /**
   * Begins to tell a follower of a payment.
   *
   * @throws Overloaded as many follow already as may
   */
  void follow(UUID paymentId, Follower follower) {
    if (!places.tryAcquire()) {
      throw new Overloaded();
    }
    watches.put(follower, new Watch(paymentId, follower, intervals(follower)));
    look();
    if (!running) {
      follower.stopped();
    }
  }

  /** Requests may come before the start; their followers are stopped at once. */
  private Future<?> intervals(Follower follower) {
    ScheduledThreadPoolExecutor started = timer;
    if (started == null) {
      return CompletableFuture.completedFuture(null);
    }
    long millis = follower.interval().toMillis();
    return started.scheduleAtFixedRate(
        follower::intervalOver, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Tells the follower nothing more.
   *
   * @return false if it had left before
   */
  boolean leave(Follower follower) {
    Watch left = watches.remove(follower);
    if (left == null) {
      return false;
    }
    left.intervals.cancel(false);
    places.release();
    return true;
  }

  /** Something may have changed. */
  void look() {
    if (!watches.isEmpty()) {
      news.release();
    }
  }

  @Override
  public void start() {
    timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("payment-watches-timer"));
    timer.setRemoveOnCancelPolicy(true);
    // Who comes after the end is sent away, and needs no timer.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    running = true;
    DaemonThreads.named("payment-watches").newThread(this::tellUntilStopped).start();
  }

  private void tellUntilStopped() {
    while (running) {
      try {
        if (watches.isEmpty()) {
          news.acquire();
        } else {
          news.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
        news.drainPermits();
        tell();
        failing = false;
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException failure) {
        if (!failing) {
          log.warn("Those who follow payments have to wait: {}", failure.toString());
        }
        failing = true;
      }
    }
  }

  private void tell() {
    List<Watch> followed = List.copyOf(watches.values());
    if (followed.isEmpty()) {
      return;
    }
    Set<UUID> ids = new HashSet<>();
    followed.forEach(watch -> ids.add(watch.payment));
    Map<UUID, Payment> read =
        payments.findAll(ids).stream().collect(Collectors.toMap(Payment::id, Function.identity()));
    for (Watch watch : followed) {
      Payment payment = read.get(watch.payment);
      if (payment != null && !payment.tag().equals(watch.told)) {
        watch.told = payment.tag();
        watch.follower.changed(payment);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    news.release();
    watches.keySet().forEach(Follower::stopped);
    timer.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** With the requests, which would else wait for the followers. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}

package org.ticketing.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Taken;
import org.ticketing.platform.Caller;
import org.ticketing.platform.DaemonThreads;
import org.ticketing.platform.LogField;

/**
 * The workers of this process. One thread takes accepted payments for as many workers as are free,
 * at once when one was accepted here and else from time to time. It also renews the lease of the
 * process.
 *
 * <p>When the process is told to stop, nothing more is taken, and what is under way is waited for
 * together with the requests.
 */
@Component
class PaymentWorkers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PaymentWorkers.class);

  /** The lease outlasts three renewals that fail. */
  private static final int RENEWALS_A_LEASE = 4;

  /** After a failure, such as that of the database. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final UUID process = UUID.randomUUID();
  private final AcceptedPayments accepted;
  private final PaymentWorker worker;
  private final PaymentWatches watches;
  private final Asynchrony settings;

  /** Numbers of the accepted payments that are at work. */
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();

  /** Has a permit when there may be something to take. */
  private final Semaphore news = new Semaphore(0);

  private volatile boolean running;
  private ExecutorService threads;
  private Thread taking;
  private long renewedAt;
  private boolean failing;

  PaymentWorkers(
      AcceptedPayments accepted,
      PaymentWorker worker,
      PaymentWatches watches,
      Asynchrony settings) {
    this.accepted = accepted;
    this.worker = worker;
    this.watches = watches;
    this.settings = settings;
  }

  /** Has been told that a payment was accepted. */
  void wake() {
    news.release();
  }

  @Override
  public void start() {
    running = true;
    threads =
        Executors.newFixedThreadPool(settings.workers(), DaemonThreads.named("payment-worker"));
    renewedAt = System.nanoTime() - settings.lease().toNanos();
    taking = DaemonThreads.named("payment-workers").newThread(this::takeUntilStopped);
    taking.start();
  }

  private void takeUntilStopped() {
    while (running) {
      try {
        renew();
        int free = settings.workers() - busy.size();
        List<Taken> next = free == 0 ? List.of() : accepted.take(process, Set.copyOf(busy), free);
        next.forEach(this::handOut);
        failing = false;
        if (next.size() < free || free == 0) {
          await();
          news.drainPermits();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException failure) {
        if (!failing) {
          log.warn("Accepted payments have to wait: {}", failure.toString());
        }
        failing = true;
        news.drainPermits();
        pause();
      }
    }
  }

  /** Never for longer than the lease can wait to be renewed. */
  private void await() throws InterruptedException {
    long untilRenewal = settings.lease().toMillis() / RENEWALS_A_LEASE;
    news.tryAcquire(
        Math.min(settings.pollInterval().toMillis(), untilRenewal), TimeUnit.MILLISECONDS);
  }

  private void pause() {
    try {
      await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    long now = System.nanoTime();
    if (now - renewedAt >= settings.lease().toNanos() / RENEWALS_A_LEASE) {
      accepted.renew(process, settings.lease());
      renewedAt = now;
    }
  }

  private void handOut(Taken taken) {
    busy.add(taken.number());
    threads.execute(() -> make(taken));
  }

  private void make(Taken taken) {
    try (Caller.Scope service = Caller.beService()) {
      Optional<Duration> pause = worker.make(taken);
      if (pause.isPresent()) {
        accepted.postpone(taken, process, pause.get());
      } else {
        worker.end(taken);
        watches.look();
      }
    } catch (RuntimeException | Error failure) {
      log.warn("Payment {} is looked at again: {}", taken.paymentId(), failure.toString());
      giveBack(taken);
    } finally {
      busy.remove(taken.number());
      LogField.PAYMENT.clear();
      LogField.XID.clear();
      news.release();
    }
  }

  /** If this fails too, this process takes it again, because it does not work on it. */
  private void giveBack(Taken taken) {
    try {
      accepted.postpone(taken, process, LOOK_AGAIN);
    } catch (RuntimeException failure) {
      log.debug("Payment {} is not given back: {}", taken.paymentId(), failure.toString());
    }
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  /** In a thread of its own, so that requests and jobs are waited for meanwhile. */
  @Override
  public void stop(Runnable whenStopped) {
    if (!running) {
      whenStopped.run();
      return;
    }
    running = false;
    DaemonThreads.named("payment-workers-stop")
        .newThread(
            () -> {
              waitForWorkers();
              whenStopped.run();
            })
        .start();
  }

  /** What does not end in time is taken up by others when the lease is over. */
  private void waitForWorkers() {
    try {
      news.release();
      taking.join();
      threads.shutdown();
      if (threads.awaitTermination(settings.lease().toMillis(), TimeUnit.MILLISECONDS)) {
        accepted.leave(process);
      }
    } catch (InterruptedException | RuntimeException failure) {
      log.debug("The lease of this process runs out by itself: {}", failure.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}

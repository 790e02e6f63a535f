package org.ticketing.tracker;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * One page that is live. It gets an event {@code transactions} with what has changed, {@code
 * counts} when they have changed, {@code unreachable} each time the payment service gives no
 * answer, and {@code refused} at the end if the operator may not ask any more. A comment in between
 * shows that the connection lives.
 */
final class LivePage implements Runnable {

  private static final int SLOWEST = 10;
  private static final int SILENT_TICKS = 10;

  private final TransactionChanges changes;
  private final Duration interval;
  private final ScheduledExecutorService timer;
  private final Consumer<LivePage> onEnd;
  private final SseEmitter emitter = new SseEmitter(0L);
  private final AtomicBoolean ended = new AtomicBoolean();
  private TransactionCounts counts;
  private int failures;
  private int silentTicks;

  /**
   * @param onEnd is called once
   */
  LivePage(
      TransactionChanges changes,
      Duration interval,
      ScheduledExecutorService timer,
      Consumer<LivePage> onEnd) {
    this.changes = changes;
    this.interval = interval;
    this.timer = timer;
    this.onEnd = onEnd;
  }

  SseEmitter begin(TransactionCounts first) {
    counts = first;
    emitter.onCompletion(this::leave);
    emitter.onTimeout(this::end);
    emitter.onError(failure -> leave());
    schedule(
        Duration.ZERO,
        () -> {
          tell("counts", first);
          run();
        });
    return emitter;
  }

  @Override
  public void run() {
    try {
      TransactionChanges.Changes found = changes.next();
      if (!found.isEmpty()) {
        send("transactions", found);
      }
      TransactionCounts now = changes.counts();
      if (!now.equals(counts)) {
        counts = now;
        send("counts", now);
      }
      failures = 0;
      beat();
    } catch (Refusal refusal) {
      tell("refused", Map.of("reason", refusal.reason().id(), "detail", refusal.getMessage()));
      end();
      return;
    } catch (ServiceUnavailable failure) {
      failures++;
      tell("unreachable", Map.of("detail", failure.getMessage()));
    } catch (IOException | IllegalStateException clientIsGone) {
      end();
      return;
    } catch (RuntimeException failure) {
      emitter.completeWithError(failure);
      leave();
      return;
    }
    // The longer there is no answer, the seldomer it is asked for.
    schedule(interval.multipliedBy(Math.min(SLOWEST, 1L << Math.min(failures, 4))), this);
  }

  private void schedule(Duration delay, Runnable task) {
    if (ended.get()) {
      return;
    }
    try {
      timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      end();
    }
  }

  /** Sends one event, and goes on. */
  private void tell(String name, Object data) {
    try {
      send(name, data);
    } catch (IOException | IllegalStateException clientIsGone) {
      end();
    }
  }

  private void send(String name, Object data) throws IOException {
    emitter.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
    silentTicks = 0;
  }

  /** So that both ends notice when the other one is gone. */
  private void beat() throws IOException {
    if (++silentTicks >= SILENT_TICKS) {
      emitter.send(SseEmitter.event().comment(""));
      silentTicks = 0;
    }
  }

  /** Ends it cleanly. Idempotent. */
  void end() {
    emitter.complete();
    leave();
  }

  private void leave() {
    if (!ended.getAndSet(true)) {
      onEnd.accept(this);
    }
  }
}

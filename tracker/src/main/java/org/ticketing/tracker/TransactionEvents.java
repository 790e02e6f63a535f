package org.ticketing.tracker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.ticketing.payment.TransactionsApi.TransactionCounts;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Live pages. Each asks the payment service with the token of its own operator, who may see it, so
 * there is a limit of pages, and nothing is asked while nobody looks. They end before the process
 * waits for the requests that are under way.
 */
@Component
class TransactionEvents implements SmartLifecycle {

  private final TrackerSettings settings;
  private final Semaphore places;
  private final Set<LivePage> pages = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService timer;
  private volatile boolean running;

  TransactionEvents(TrackerSettings settings) {
    this.settings = settings;
    this.places = new Semaphore(settings.listeners());
  }

  /**
   * Begins to tell what changes.
   *
   * @throws Refusal the caller may not ask, or the query is malformed
   * @throws ServiceUnavailable the payment service gives no answer, or too many pages are live
   */
  SseEmitter open(TransactionQuery query, OperatorCalls calls) {
    query.first(1).of(calls.transactions());
    TransactionCounts counts = calls.transactions().counts();
    if (!running || !places.tryAcquire()) {
      throw new ServiceUnavailable(
          "%d pages are live already; pause one of them, or ask for the list instead."
              .formatted(settings.listeners()));
    }
    LivePage page =
        new LivePage(new TransactionChanges(query, calls), settings.interval(), timer, this::ended);
    pages.add(page);
    return page.begin(counts);
  }

  private void ended(LivePage page) {
    if (pages.remove(page)) {
      places.release();
    }
  }

  @Override
  public void start() {
    var threads = new ScheduledThreadPoolExecutor(settings.listeners());
    threads.setRemoveOnCancelPolicy(true);
    timer = threads;
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    pages.forEach(LivePage::end);
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

package org.ticketing.choreography;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * What this process has for one reader: events that it has committed and that nobody has fetched
 * yet, or requests that wait for one. There are never both.
 */
class Mailbox {

  /** More stay in the outbox. */
  private static final int CAPACITY = 10_000;

  private record Fresh(PaymentEvent event, long since) {}

  private record Waiting(DeferredResult<List<PaymentEvent>> request, long since) {

    /** One whose client has gone accepts nothing. */
    boolean accepts(List<PaymentEvent> events) {
      return request.setResult(events);
    }
  }

  private final Deque<Fresh> fresh = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean closed;
  private volatile boolean behind;

  /**
   * Gives an event to the request that has waited for the longest time, or keeps it for the next
   * one.
   *
   * @return false if there is no room for it, or if this is closed
   */
  synchronized boolean put(PaymentEvent event) {
    return give(List.of(event))
        || fresh.size() < CAPACITY && !closed && fresh.add(new Fresh(event, System.nanoTime()));
  }

  private boolean give(List<PaymentEvent> events) {
    while (!waiting.isEmpty()) {
      if (waiting.poll().accepts(events)) {
        return true;
      }
    }
    return false;
  }

  /** Answers a request with what there is, or has it wait. */
  synchronized void answer(DeferredResult<List<PaymentEvent>> request, int limit) {
    if (fresh.isEmpty() && !closed) {
      waiting.add(new Waiting(request, System.nanoTime()));
      return;
    }
    List<PaymentEvent> events = new ArrayList<>();
    while (events.size() < limit && !fresh.isEmpty()) {
      events.add(fresh.poll().event());
    }
    request.setResult(events);
  }

  synchronized void remove(DeferredResult<List<PaymentEvent>> request) {
    waiting.removeIf(each -> each.request() == request);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Whether the outbox may have more that is due. */
  boolean isBehind() {
    return behind;
  }

  void isBehind(boolean behind) {
    this.behind = behind;
  }

  /**
   * Deals events out to the requests that wait.
   *
   * @return those for which there was none
   */
  synchronized List<PaymentEvent> deal(List<PaymentEvent> events, int each) {
    for (int next = 0; next < events.size(); next += each) {
      if (!give(events.subList(next, Math.min(next + each, events.size())))) {
        return events.subList(next, events.size());
      }
    }
    return List.of();
  }

  /** Answers the requests that have waited for so long that there is nothing. */
  synchronized void endWaitingFor(Duration time) {
    long now = System.nanoTime();
    while (!waiting.isEmpty() && now - waiting.peek().since() >= time.toNanos()) {
      waiting.poll().accepts(List.of());
    }
  }

  /** Takes out what nobody has fetched for so long. */
  synchronized List<PaymentEvent> unfetchedFor(Duration time) {
    List<PaymentEvent> unfetched = new ArrayList<>();
    long now = System.nanoTime();
    while (!fresh.isEmpty() && now - fresh.peek().since() >= time.toNanos()) {
      unfetched.add(fresh.poll().event());
    }
    return unfetched;
  }

  /** Answers everybody that there is nothing, now and from then on. */
  synchronized void close() {
    closed = true;
    endWaitingFor(Duration.ZERO);
  }
}

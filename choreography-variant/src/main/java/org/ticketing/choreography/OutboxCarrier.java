package org.ticketing.choreography;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import org.ticketing.platform.DaemonThreads;
import org.ticketing.platform.Service;

/**
 * The outboxes alone as carrier, at the publisher. Readers ask for events, and their requests wait.
 *
 * <p>An event is handed over by the process that has committed it, at once and out of its memory:
 * what the outbox says is that it was taken. So it comes to one reader, without a statement more,
 * and nobody waits for the next look. Only if no reader fetches it within a moment, because all are
 * busy or ask another process, it is given back to the outbox. From there come also those of
 * processes that have died, and those that were not acknowledged in time.
 *
 * <p>Acknowledgements are kept for up to a second, and the rows of many are removed together, so
 * that a payment does not wait for that. If they are lost, the events come again, and the inbox of
 * the reader knows them.
 */
@Component
@ConditionalOnProperty(
    name = "ticketing.choreography.carrier",
    havingValue = "outbox",
    matchIfMissing = true)
class OutboxCarrier implements Carrier, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutboxCarrier.class);

  private static final Duration MOMENT = Duration.ofMillis(100);

  /** How often it looks for events that are due, while readers wait. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final Duration BETWEEN_REMOVALS = Duration.ofSeconds(1);

  /** One for each of them, so that requests are answered in time while the database is silent. */
  private static final int TIMERS = 3;

  private static final int MOST_AT_ONCE = 1_000;

  private final Outbox outbox;
  private final Duration pollWait;
  private final Map<String, Mailbox> mailboxes =
      Arrays.stream(EventKind.values())
          .flatMap(kind -> kind.readers().stream())
          .distinct()
          .collect(toMap(Service::id, reader -> new Mailbox()));
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private volatile ScheduledExecutorService timer;

  OutboxCarrier(Outbox outbox, ChoreographySettings settings) {
    this.outbox = outbox;
    this.pollWait = settings.pollWait();
  }

  @Override
  public void handOver(List<PaymentEvent> committed) {
    guarded(
            () ->
                release(
                    committed.stream()
                        .filter(event -> !mailboxes.get(event.reader()).put(event))
                        .toList()))
        .run();
  }

  void acknowledge(Collection<Long> numbers) {
    acknowledged.addAll(numbers);
  }

  /** The next events for a reader: now, or when there are some. */
  DeferredResult<List<PaymentEvent>> next(String reader, int limit) {
    Mailbox mailbox = mailboxes.get(reader);
    // It is answered in time by the timer. The container's own looks at requests once a second.
    var answer = new DeferredResult<List<PaymentEvent>>(pollWait.toMillis() * 2, List::of);
    answer.onCompletion(() -> mailbox.remove(answer));
    mailbox.answer(answer, limit);
    ScheduledExecutorService running = timer;
    if (mailbox.isBehind() && running != null) {
      running.execute(guarded(() -> handOverDue(reader, mailbox)));
    }
    return answer;
  }

  boolean knows(String reader) {
    return mailboxes.containsKey(reader);
  }

  @Override
  public void start() {
    timer = Executors.newScheduledThreadPool(TIMERS, DaemonThreads.named("outbox"));
    every(MOMENT, this::endWaiting);
    every(BETWEEN_LOOKS, this::handOverDue);
    every(BETWEEN_REMOVALS, this::removeAcknowledged);
  }

  private void every(Duration pause, Runnable work) {
    timer.scheduleWithFixedDelay(
        guarded(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException failure) {
        log.warn("The outbox has to wait: {}", failure.toString());
      }
    };
  }

  /** Of requests for events, and of events for a request. */
  private void endWaiting() {
    for (Mailbox mailbox : mailboxes.values()) {
      mailbox.endWaitingFor(pollWait);
      List<PaymentEvent> unfetched = mailbox.unfetchedFor(MOMENT);
      if (!unfetched.isEmpty()) {
        mailbox.isBehind(true);
        release(unfetched);
      }
    }
  }

  private void release(List<PaymentEvent> events) {
    inParts(events.stream().map(PaymentEvent::number).toList(), outbox::release);
  }

  private void handOverDue() {
    mailboxes.forEach(this::handOverDue);
  }

  private void handOverDue(String reader, Mailbox mailbox) {
    int waiting = mailbox.waiting();
    while (waiting > 0) {
      int wanted = Math.min(waiting * EventReader.AT_ONCE, EventsApi.MOST);
      List<PaymentEvent> due = outbox.take(reader, wanted);
      release(mailbox.deal(due, EventReader.AT_ONCE));
      mailbox.isBehind(due.size() == wanted);
      waiting = due.size() == wanted ? mailbox.waiting() : 0;
    }
  }

  private void removeAcknowledged() {
    List<Long> numbers = new ArrayList<>(acknowledged);
    inParts(
        numbers,
        part -> {
          outbox.delivered(part);
          part.forEach(acknowledged::remove);
        });
  }

  private static void inParts(List<Long> numbers, Consumer<List<Long>> work) {
    for (int next = 0; next < numbers.size(); next += MOST_AT_ONCE) {
      work.accept(numbers.subList(next, Math.min(next + MOST_AT_ONCE, numbers.size())));
    }
  }

  /** What is left, other processes hand over at once. */
  @Override
  public void stop() {
    ScheduledExecutorService stopping = timer;
    timer = null;
    stopping.shutdown();
    mailboxes.values().forEach(Mailbox::close);
    try {
      mailboxes.values().forEach(mailbox -> release(mailbox.unfetchedFor(Duration.ZERO)));
      removeAcknowledged();
    } catch (RuntimeException failure) {
      log.warn("Events are handed over later: {}", failure.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }

  /** With the requests, which would wait for it. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}

package org.ticketing.choreography;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.ticketing.platform.DaemonThreads;
import org.ticketing.platform.Service;

/**
 * Kafka as carrier, at the publisher. An event is sent by the process that has committed it, at
 * once. When the broker has acknowledged it, the carrier has nothing to do with it any more: the
 * rows of many are then removed together, within a second. An event of which that is not known, be
 * it that the broker is away or that the process has died, is taken from the outbox, and sent
 * again. If the broker has it twice, the inbox of the reader knows the second one.
 */
class KafkaCarrier implements Carrier, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(KafkaCarrier.class);

  /** How often it looks for events that are due. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final Duration BETWEEN_REMOVALS = Duration.ofSeconds(1);

  private static final int MOST_AT_ONCE = 500;

  /** The first answer of a broker takes longer than anybody waits who publishes. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(2);

  /** What is not acknowledged by then, is sent by whoever takes it next. */
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final KafkaTopics topics;
  private final List<Service> readers;
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private volatile KafkaProducer<String, PaymentEvent> producer;
  private volatile ScheduledExecutorService timer;
  private volatile boolean away = true;
  private volatile boolean silent;

  KafkaCarrier(Outbox outbox, KafkaTopics topics, List<Reactions> reactions) {
    this.outbox = outbox;
    this.topics = topics;
    this.readers =
        reactions.stream()
            .flatMap(each -> EventKind.readersOf(each.reader()).stream())
            .distinct()
            .toList();
  }

  @Override
  public void handOver(List<PaymentEvent> committed) {
    if (!away) {
      committed.forEach(this::send);
    }
  }

  private void send(PaymentEvent event) {
    try {
      producer.send(
          new ProducerRecord<>(topics.of(event.reader()), String.valueOf(event.paymentId()), event),
          (sent, failure) -> {
            if (failure == null) {
              acknowledge(event);
            } else {
              isAway(failure);
            }
          });
    } catch (KafkaException | IllegalStateException failure) {
      isAway(failure);
    }
  }

  private void acknowledge(PaymentEvent event) {
    silent = false;
    acknowledged.add(event.number());
  }

  /** What was not acknowledged becomes due again. */
  private void isAway(Exception failure) {
    away = true;
    topics.mayBeGone();
    if (!silent) {
      log.warn("Events have to wait for Kafka: {}", failure.toString());
    }
    silent = true;
  }

  /** Tries to be connected when the process is ready; if it is not, that comes later. */
  @Override
  public void start() {
    timer = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("outbox"));
    guarded(this::connect).run();
    every(BETWEEN_LOOKS, this::handOverDue);
    every(BETWEEN_REMOVALS, this::removeAcknowledged);
  }

  private void every(Duration pause, Runnable work) {
    timer.scheduleWithFixedDelay(
        guarded(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (KafkaException failure) {
        isAway(failure);
      } catch (RuntimeException failure) {
        log.warn("The outbox has to wait: {}", failure.toString());
      }
    };
  }

  private void connect() {
    topics.create();
    producer = topics.producer();
    long deadline = System.nanoTime() + PATIENCE_AT_START.toNanos();
    boolean located;
    do {
      located = hasLocatedPartitions();
    } while (!located && System.nanoTime() < deadline);
  }

  private boolean hasLocatedPartitions() {
    try {
      locatePartitions();
      return true;
    } catch (KafkaException notYet) {
      return false;
    }
  }

  /**
   * Afterwards nobody who publishes waits for that. The client forgets where they are if the broker
   * is away, and if it has sent nothing for some minutes.
   */
  private void locatePartitions() {
    readers.forEach(reader -> producer.partitionsFor(topics.of(reader.id())));
    away = false;
  }

  private void handOverDue() {
    topics.create();
    if (producer == null) {
      connect();
    }
    locatePartitions();
    for (Service reader : readers) {
      List<PaymentEvent> due;
      do {
        due = outbox.take(reader.id(), MOST_AT_ONCE);
        handOver(due);
      } while (due.size() == MOST_AT_ONCE);
    }
  }

  private void removeAcknowledged() {
    List<Long> numbers = new ArrayList<>(acknowledged);
    for (int next = 0; next < numbers.size(); next += MOST_AT_ONCE) {
      List<Long> part = numbers.subList(next, Math.min(next + MOST_AT_ONCE, numbers.size()));
      outbox.delivered(part);
      part.forEach(acknowledged::remove);
    }
  }

  /** What is left, other processes send when it is due. */
  @Override
  public void stop() {
    ScheduledExecutorService stopping = timer;
    timer = null;
    stopping.shutdown();
    away = true;
    if (producer != null) {
      producer.close(PATIENCE_AT_END);
    }
    guarded(this::removeAcknowledged).run();
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }

  /** Until requests have ended, and reactions, because both publish events. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 2;
  }
}

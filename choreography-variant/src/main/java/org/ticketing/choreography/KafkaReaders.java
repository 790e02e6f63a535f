package org.ticketing.choreography;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Kafka as carrier, at the readers: some threads for each service of this process. */
class KafkaReaders implements SmartLifecycle {

  /** Longer than a reaction takes, as a rule. What does not end in time comes again. */
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private final KafkaTopics topics;
  private final Reception reception;
  private final List<Reactions> reactions;
  private final int threads;
  private final Map<KafkaReader, Thread> readers = new LinkedHashMap<>();

  KafkaReaders(
      KafkaTopics topics,
      Reception reception,
      List<Reactions> reactions,
      ChoreographySettings settings) {
    this.topics = topics;
    this.reception = reception;
    this.reactions = reactions;
    this.threads = settings.readers();
  }

  @Override
  public void start() {
    for (Reactions each : reactions) {
      for (int number = 1; number <= threads; number++) {
        var reader = new KafkaReader(each.reader().id(), number, topics, reception);
        var thread = new Thread(reader, "events-for-%s-%d".formatted(each.reader().id(), number));
        thread.setDaemon(true);
        readers.put(reader, thread);
        thread.start();
      }
    }
  }

  /** Waits for a moment, so that they can say how far they have come. */
  @Override
  public void stop() {
    readers.keySet().forEach(KafkaReader::stop);
    long deadline = System.nanoTime() + PATIENCE_AT_END.toNanos();
    try {
      for (Thread thread : readers.values()) {
        thread.join(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    readers.clear();
  }

  @Override
  public boolean isRunning() {
    return !readers.isEmpty();
  }

  /** After the migrations; and until requests have ended, because events end payments. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
  }
}

package org.ticketing.choreography;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads some partitions of the topic of one service, and has each event reacted to. How far it has
 * come it commits afterwards, once a second: what it has reacted to since then comes again if it
 * dies, and the inbox knows it. An event that could not be reacted to is read again after a pause,
 * and those behind it in its partition wait, until it is parked. What cannot be read at all, such
 * as an event of a later version, is put aside in another topic.
 */
class KafkaReader implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(KafkaReader.class);

  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

  /** How long it waits for events before it looks at anything else. */
  private static final Duration WAIT = Duration.ofMillis(250);

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);

  private static final long PAUSE_MILLIS = 200;

  private final String reader;
  private final int number;
  private final KafkaTopics topics;
  private final Reception reception;
  private volatile boolean stopped;
  private boolean silent;

  /** Whether it has come further than it has told the broker, where each commit is forced. */
  private boolean uncommitted;

  KafkaReader(String reader, int number, KafkaTopics topics, Reception reception) {
    this.reader = reader;
    this.number = number;
    this.topics = topics;
    this.reception = reception;
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        topics.create();
        read();
      } catch (RuntimeException failure) {
        topics.mayBeGone();
        if (!silent) {
          log.warn("Events for {} have to wait: {}", reader, failure.toString());
        }
        silent = true;
        pause();
      }
    }
  }

  /** What is reacted to is finished; what was read besides comes again. */
  void stop() {
    stopped = true;
  }

  private void read() {
    try (KafkaConsumer<String, byte[]> consumer = topics.consumer(reader, number)) {
      consumer.subscribe(List.of(topics.of(reader)));
      long committed = System.nanoTime();
      while (!stopped) {
        reactToAll(consumer);
        if (uncommitted && System.nanoTime() - committed > BETWEEN_COMMITS.toNanos()) {
          uncommitted = false;
          consumer.commitAsync((offsets, failure) -> uncommitted |= failure != null);
          committed = System.nanoTime();
        }
      }
      consumer.commitSync(PATIENCE_AT_END);
    }
  }

  private void reactToAll(KafkaConsumer<String, byte[]> consumer) {
    ConsumerRecords<String, byte[]> records = consumer.poll(WAIT);
    silent = false;
    uncommitted |= !records.isEmpty();
    boolean again = false;
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        if (!hasReactedTo(record)) {
          consumer.seek(partition, record.offset());
          again = true;
          break;
        }
      }
    }
    if (again) {
      pause();
    }
  }

  /** Whether nothing has to be done about it any more. */
  private boolean hasReactedTo(ConsumerRecord<String, byte[]> record) {
    if (stopped) {
      return false;
    }
    PaymentEvent event;
    try {
      event = topics.event(record.value());
    } catch (JacksonException | IllegalArgumentException notReadable) {
      topics.putAside(record, reader);
      log.error(
          "What is in {}-{} at {} is no event that this version knows, and is put aside in {}",
          record.topic(),
          record.partition(),
          record.offset(),
          topics.unreadableOf(reader),
          notReadable);
      return true;
    }
    try {
      reception.receive(event);
      return true;
    } catch (RuntimeException failure) {
      log.warn("{} comes again: {}", event, failure.toString());
      return false;
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopping) {
      stopped = true;
    }
  }
}

package org.ticketing.choreography;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ticketing.platform.Service;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The topics of events, and clients for them. Each service that reacts has one topic, which the
 * group of the same name reads. The key of an event is its payment: the events of a payment are in
 * one partition, in their order. Safe for several threads.
 */
class KafkaTopics {

  private static final int ANSWER_MILLIS = 5_000;

  /** How long a client that publishes waits until it knows where the partitions are. */
  private static final int BLOCK_MILLIS = 100;

  /** How long a group waits for a member that is not heard of. */
  private static final int SESSION_MILLIS = 10_000;

  private static final int HEARTBEAT_MILLIS = 3_000;

  /** How long a broker keeps the request of a reader for whom there is nothing. */
  private static final int FETCH_WAIT_MILLIS = 5_000;

  /** Few, so that how far it has come is committed often. */
  private static final int AT_ONCE = 50;

  private final KafkaSettings settings;
  private final int deliveryMillis;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private volatile boolean created;

  /**
   * @param redelivery after this time without an acknowledgement an event is due again, so nobody
   *     tries for longer to send it
   */
  KafkaTopics(KafkaSettings settings, Duration redelivery, JsonMapper json) {
    this.settings = settings;
    this.deliveryMillis = (int) redelivery.toMillis();
    this.writer = json.writerFor(PaymentEvent.class);
    // A publisher of a later version may say more.
    this.reader =
        json.readerFor(PaymentEvent.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** The topic of the events for a reader, which is also the name of the group that reads it. */
  String of(String reader) {
    return settings.topics() + "." + reader;
  }

  /** The topic of what was in that topic and is no event. Nobody reads it but operators. */
  String unreadableOf(String reader) {
    return settings.topics() + ".unreadable." + reader;
  }

  /**
   * Creates those topics that are missing. Those that are there stay as they are.
   *
   * @throws KafkaException the broker is away
   */
  synchronized void create() {
    if (created) {
      return;
    }
    List<NewTopic> topics =
        Arrays.stream(EventKind.values())
            .flatMap(kind -> kind.readers().stream())
            .distinct()
            .map(Service::id)
            .flatMap(
                reader ->
                    Stream.of(
                        topic(of(reader), settings.partitions()), topic(unreadableOf(reader), 1)))
            .toList();
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS))) {
      admin.createTopics(topics).values().values().forEach(KafkaTopics::await);
    }
    created = true;
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  /** The broker was away: it may have come back without them. */
  void mayBeGone() {
    created = false;
  }

  /** By now, another process may have created it. */
  private static void await(KafkaFuture<Void> creation) {
    try {
      creation.get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(failure.getCause());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new KafkaException(stopping);
    }
  }

  /** A client that publishes. An event that it sends again is there once. */
  KafkaProducer<String, PaymentEvent> producer() {
    return new KafkaProducer<>(
        publishing(BLOCK_MILLIS),
        new StringSerializer(),
        (topic, event) -> writer.writeValueAsBytes(event));
  }

  /** The broker acknowledges what is published when all copies of it are there. */
  private Map<String, Object> publishing(int blockMillis) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.bootstrapServers(),
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        blockMillis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        deliveryMillis,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        deliveryMillis);
  }

  /**
   * Puts what is no event aside, with its key and its headers. When this returns, it is as durable
   * there as it was.
   *
   * @throws KafkaException the broker is away
   */
  void putAside(ConsumerRecord<String, byte[]> unreadable, String reader) {
    try (var producer =
        new KafkaProducer<>(
            publishing(ANSWER_MILLIS), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  unreadableOf(reader),
                  null,
                  unreadable.key(),
                  unreadable.value(),
                  unreadable.headers()))
          .get();
    } catch (ExecutionException failure) {
      throw new KafkaException(failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new KafkaException(stopping);
    }
  }

  /**
   * A client that reads.
   *
   * @param number unlike that of the other clients of this process for the reader
   */
  KafkaConsumer<String, byte[]> consumer(String reader, int number) {
    Map<String, Object> configuration =
        new HashMap<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                of(reader),
                ConsumerConfig.CLIENT_ID_CONFIG,
                reader + "-" + number,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                AT_ONCE,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                FETCH_WAIT_MILLIS,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                HEARTBEAT_MILLIS));
    if (!settings.member().isEmpty()) {
      configuration.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.member() + "-" + number);
    }
    return new KafkaConsumer<>(
        configuration, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The event that a client has read.
   *
   * @throws tools.jackson.core.JacksonException it is none
   * @throws IllegalArgumentException it is none either
   */
  PaymentEvent event(byte[] value) {
    PaymentEvent event = value == null ? null : reader.readValue(value);
    if (event == null
        || Stream.of(
                event.kind(),
                event.reader(),
                event.paymentId(),
                event.userId(),
                event.reservationId())
            .anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("It does not say what it is about.");
    }
    return event;
  }
}

package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.platform.Service;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.Server;
import tools.jackson.databind.json.JsonMapper;

/** From the outbox of the payment service to the point service, over a real broker. */
class KafkaCarrierIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static LocalStack stack;
  private static Server broker;

  private final EventDatabase database = new EventDatabase(EventDatabase.Server.POSTGRESQL);
  private final String prefix = "test-" + UUID.randomUUID();
  private final KafkaTopics topics = topics(address());
  private final List<KafkaCarrier> carriers = new ArrayList<>();
  private final KafkaCarrier carrier = carrier(topics);
  private final List<PaymentEvent> received = new CopyOnWriteArrayList<>();
  private final Set<UUID> poison = ConcurrentHashMap.newKeySet();
  private final Reception reception = mock();
  private final List<KafkaReaders> started = new ArrayList<>();

  KafkaCarrierIT() {
    doAnswer(
            call -> {
              PaymentEvent event = call.getArgument(0);
              if (poison.contains(event.paymentId())) {
                throw new IllegalStateException("poison");
              }
              received.add(event);
              return null;
            })
        .when(reception)
        .receive(any());
  }

  @BeforeAll
  static void startBroker() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("kafka")));
    broker = stack.server("kafka");
  }

  @AfterAll
  static void closeStack() {
    stack.close();
  }

  @AfterEach
  void stop() {
    started.forEach(KafkaReaders::stop);
    carriers.stream().filter(KafkaCarrier::isRunning).forEach(KafkaCarrier::stop);
  }

  @Test
  void anEventComesToItsReaderAndLeavesTheOutbox() {
    carrier.start();
    startReaders();
    PaymentEvent event = commit(PAYMENT_REQUESTED, UUID.randomUUID());

    carrier.handOver(List.of(event));

    awaiting(() -> assertThat(received).contains(event));
    awaiting(() -> assertThat(left()).isZero());
  }

  @Test
  void aCancellationComesAfterTheRequest() {
    carrier.start();
    startReaders();
    List<UUID> payments = Stream.generate(UUID::randomUUID).limit(20).toList();
    for (UUID payment : payments) {
      // Not handed over: the carrier finds it when it is due, as after the death of a process.
      commit(PAYMENT_REQUESTED, payment);
      commit(PAYMENT_CANCELLED, payment);
    }

    awaiting(() -> assertThat(left()).isZero());
    for (UUID payment : payments) {
      awaiting(
          () ->
              assertThat(kindsOf(payment))
                  .startsWith(PAYMENT_REQUESTED.name())
                  .contains(PAYMENT_CANCELLED.name()));
    }
  }

  @Test
  void whatIsCommittedWhileTheBrokerIsAwayIsSentWhenItIsBack() {
    carrier.start();
    startReaders();
    List<UUID> payments = Stream.generate(UUID::randomUUID).limit(50).toList();

    broker.process().kill();
    for (UUID payment : payments) {
      carrier.handOver(List.of(commit(PAYMENT_REQUESTED, payment)));
    }
    assertThat(left()).isEqualTo(50);
    broker.process().restart();

    awaiting(() -> assertThat(received).extracting(PaymentEvent::paymentId).containsAll(payments));
    awaiting(() -> assertThat(left()).isZero());
  }

  @Test
  void aProcessStartsWithoutABroker() throws IOException {
    int nobody;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    KafkaCarrier alone = carrier(topics("127.0.0.1:" + nobody));

    alone.start();
    alone.handOver(List.of(commit(PAYMENT_REQUESTED, UUID.randomUUID())));

    assertThat(alone.isRunning()).isTrue();
    assertThat(left()).isOne();
  }

  @Test
  void topicsThatABrokerHasLostAreCreatedAgain() throws Exception {
    carrier.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      admin.deleteTopics(List.of(topics.of(Service.POINT.id()))).all().get();
    }

    PaymentEvent event = commit(PAYMENT_REQUESTED, UUID.randomUUID());
    startReaders();

    awaiting(() -> assertThat(received).contains(event));
  }

  @Test
  void anEventThatCannotBeReactedToComesAgainBeforeThatOfTheSamePaymentBehindIt() {
    carrier.start();
    startReaders();
    UUID payment = UUID.randomUUID();
    poison.add(payment);
    commit(PAYMENT_REQUESTED, payment);
    commit(PAYMENT_CANCELLED, payment);
    awaiting(() -> assertThat(left()).isZero());
    assertThat(kindsOf(payment)).isEmpty();

    poison.clear();

    awaiting(
        () ->
            assertThat(kindsOf(payment))
                .startsWith(PAYMENT_REQUESTED.name())
                .contains(PAYMENT_CANCELLED.name()));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"no event", "null", "{}"})
  void whatIsNoEventIsPutAsideAndKeepsNoOtherFromItsReader(String value) throws Exception {
    carrier.start();
    UUID payment = UUID.randomUUID();
    try (KafkaProducer<String, String> stranger =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address()),
            new StringSerializer(),
            new StringSerializer())) {
      stranger
          .send(new ProducerRecord<>(topics.of(Service.POINT.id()), payment.toString(), value))
          .get();
    }
    PaymentEvent event = commit(PAYMENT_REQUESTED, payment);
    carrier.handOver(List.of(event));

    startReaders();

    awaiting(() -> assertThat(received).contains(event));
    assertThat(putAside()).containsOnly(new SimpleEntry<>(payment.toString(), value));
  }

  private List<Map.Entry<String, String>> putAside() {
    try (var operator =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                address(),
                "auto.offset.reset",
                "earliest",
                "group.id",
                prefix),
            new StringDeserializer(),
            new StringDeserializer())) {
      operator.subscribe(List.of(topics.unreadableOf(Service.POINT.id())));
      List<Map.Entry<String, String>> found = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                operator
                    .poll(Duration.ofMillis(100))
                    .forEach(record -> found.add(new SimpleEntry<>(record.key(), record.value())));
                return !found.isEmpty();
              });
      return found;
    }
  }

  @Test
  void aReaderGoesOnWhereTheOneBeforeStopped() {
    carrier.start();
    KafkaReaders first = startReaders();
    PaymentEvent one = commit(PAYMENT_REQUESTED, UUID.randomUUID());
    carrier.handOver(List.of(one));
    awaiting(() -> assertThat(received).contains(one));
    awaiting(() -> assertThat(left()).isZero());
    first.stop();
    received.clear();

    PaymentEvent two = commit(PAYMENT_REQUESTED, UUID.randomUUID());
    carrier.handOver(List.of(two));
    startReaders();

    awaiting(() -> assertThat(received).contains(two));
    assertThat(received).extracting(PaymentEvent::paymentId).doesNotContain(one.paymentId());
    awaiting(() -> assertThat(broker.unreadMessages(prefix)).isZero());
  }

  private KafkaTopics topics(String address) {
    return new KafkaTopics(
        new KafkaSettings(address, prefix, 3, "member"),
        Duration.ofSeconds(1),
        JsonMapper.shared());
  }

  private KafkaCarrier carrier(KafkaTopics between) {
    var made = new KafkaCarrier(database.outbox, between, List.of(reactions(Service.PAYMENT)));
    carriers.add(made);
    return made;
  }

  private KafkaReaders startReaders() {
    var readers =
        new KafkaReaders(
            topics, reception, List.of(reactions(Service.POINT)), EventDatabase.SETTINGS);
    readers.start();
    started.add(readers);
    return readers;
  }

  private PaymentEvent commit(EventKind kind, UUID payment) {
    return database.inTransaction(
        () -> database.outbox.add(EventDatabase.event(kind, payment), Service.POINT.id()));
  }

  private long left() {
    return database.jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  private List<String> kindsOf(UUID payment) {
    return received.stream()
        .filter(event -> event.paymentId().equals(payment))
        .map(PaymentEvent::kind)
        .toList();
  }

  private static Reactions reactions(Service reader) {
    Reactions reactions = mock();
    when(reactions.reader()).thenReturn(reader);
    return reactions;
  }

  private static String address() {
    return "127.0.0.1:" + broker.process().port();
  }

  private static void awaiting(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }
}

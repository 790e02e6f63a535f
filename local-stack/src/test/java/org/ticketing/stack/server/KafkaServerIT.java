package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;

class KafkaServerIT {

  private static final String SETTING = "log.flush.interval.messages";
  private static final String KEY = "payment-1";
  private static final int MANY = 2000;

  private static LocalStack stack;
  private static Server server;

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("kafka")));
    server = stack.server("kafka");
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @Test
  void saysThatItForcesEveryMessage() {
    assertThat(server.durability().server()).matches("Kafka \\d+\\.\\d+\\.\\d+");
    assertThat(server.durability().settings()).containsExactly(Map.entry(SETTING, "1"));
    assertThat(server.durability().shortcomings()).isEmpty();
    assertThat(stack.durability()).containsExactly(server.durability());
  }

  @Test
  void itsClientsAreOfItsVersion() throws IOException {
    Properties clients = new Properties();
    try (InputStream told = Admin.class.getResourceAsStream("/kafka/kafka-version.properties")) {
      clients.load(told);
    }

    assertThat(server.durability().server()).isEqualTo("Kafka " + clients.getProperty("version"));
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    Loopback.assertAloneListensAt(server.process().port());
  }

  @Test
  void forcesEachMessageBeforeItAcknowledgesIt() throws Exception {
    String topic = topic(server, "forced");
    long before = forced(server);

    send(server, topic, 20);

    assertThat(forced(server)).isGreaterThanOrEqualTo(before + 20);
  }

  @Test
  void forcesHowFarItsConsumersHaveComeToo() throws Exception {
    String topic = topic(server, "offsets");
    send(server, topic, 1);
    try (KafkaConsumer<String, String> consumer = consumer(server, "forced-offsets")) {
      consumer.subscribe(List.of(topic));
      assertThat(read(consumer, 1)).hasSize(1);
      long before = forced(server);

      consumer.commitSync();

      assertThat(forced(server)).isGreaterThan(before);
    }
    ConfigResource offsets = new ConfigResource(ConfigResource.Type.TOPIC, "__consumer_offsets");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(server)))) {
      assertThat(
              admin
                  .describeConfigs(List.of(offsets))
                  .all()
                  .get()
                  .get(offsets)
                  .get("flush.messages")
                  .value())
          .isEqualTo("1");
    }
  }

  @Test
  void losesNothingThatItHasAcknowledgedWhenItIsKilled() throws Exception {
    String topic = topic(server, "killed");
    send(server, topic, 3);
    try (KafkaConsumer<String, String> consumer = consumer(server, "before-and-after")) {
      consumer.subscribe(List.of(topic));
      assertThat(read(consumer, 3)).containsExactly("0", "1", "2");
      consumer.commitSync();
    }

    List<String> acknowledged = sendWhileItIsKilledAndRestarted(topic);

    assertThat(acknowledged).hasSize(MANY);
    assertThat(stack.unexpectedDeath()).isNotDone();
    try (KafkaConsumer<String, String> consumer = consumer(server, "before-and-after")) {
      consumer.subscribe(List.of(topic));
      assertThat(read(consumer, MANY)).containsExactlyElementsOf(acknowledged);
    }
  }

  private static List<String> sendWhileItIsKilledAndRestarted(String topic) throws Exception {
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    try (KafkaProducer<String, String> producer = producer(server)) {
      Thread sender =
          new Thread(
              () -> {
                for (int number = 0; number < MANY; number++) {
                  String value = String.valueOf(number);
                  producer.send(
                      new ProducerRecord<>(topic, KEY, value),
                      (sent, failure) -> {
                        if (failure == null) {
                          acknowledged.add(value);
                        }
                      });
                }
              });
      sender.start();
      await().until(() -> acknowledged.size() > 100);
      server.process().kill();
      assertThat(Loopback.accepts(server.process().port())).isFalse();
      server.process().restart();
      sender.join();
      producer.flush();
    }
    return acknowledged;
  }

  @Test
  void tellsHowManyMessagesTheirReadersHaveNotAcknowledged() throws Exception {
    String topic = topic(server, "unread-alpha");
    topic(server, "read-beta");
    assertThat(server.unreadMessages("unread-")).isZero();

    send(server, topic, 3);
    assertThat(server.unreadMessages("unread-")).isEqualTo(3);
    assertThat(server.unreadMessages("read-")).isZero();

    try (KafkaConsumer<String, String> consumer = consumer(server, topic)) {
      consumer.subscribe(List.of(topic));
      assertThat(read(consumer, 3)).hasSize(3);
      assertThat(server.unreadMessages("unread-")).isEqualTo(3);
      consumer.commitSync();
      assertThat(server.unreadMessages("unread-")).isZero();
    }
  }

  @Test
  void asShippedItForcesNothingAndSaysSo() throws Exception {
    StackOptions options = StackOptions.forServers(Set.of("kafka"));
    try (LocalStack other = LocalStack.start(options.withAsShipped(Set.of("kafka")))) {
      Server shipped = other.server("kafka");
      assertThat(shipped.durability().shortcomings())
          .containsExactly(SETTING + " is " + Long.MAX_VALUE);
      String topic = topic(shipped, "unforced");
      send(shipped, topic, 1);
      long before = forced(shipped);

      send(shipped, topic, 20);

      assertThat(forced(shipped)).isEqualTo(before);
      assertThat(Files.readAllLines(shipped.process().log())).as("its log").isEmpty();
      Loopback.assertAloneListensAt(shipped.process().port());
    }
  }

  private static String address(Server broker) {
    return "127.0.0.1:" + broker.process().port();
  }

  private static String topic(Server broker, String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(broker)))) {
      admin.createTopics(List.of(new NewTopic(name, Optional.of(3), Optional.empty()))).all().get();
    }
    return name;
  }

  private static void send(Server broker, String topic, int messages) throws Exception {
    try (KafkaProducer<String, String> producer = producer(broker)) {
      for (int number = 0; number < messages; number++) {
        producer.send(new ProducerRecord<>(topic, KEY, String.valueOf(number))).get();
      }
    }
  }

  private static KafkaProducer<String, String> producer(Server broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address(broker), "acks", "all"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(Server broker, String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            address(broker),
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static List<String> read(KafkaConsumer<String, String> consumer, int messages) {
    List<String> values = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofMillis(100))) {
                values.add(one.value());
              }
              return values.size() >= messages;
            });
    return values;
  }

  /** How often it has forced the log of a topic since it began, as it counts itself. */
  private static long forced(Server broker) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(String.valueOf(broker.process().pid()));
    try {
      JMXServiceURL address = new JMXServiceURL(jvm.startLocalManagementAgent());
      try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
        return (long)
            connector
                .getMBeanServerConnection()
                .getAttribute(
                    new ObjectName("kafka.log:type=LogFlushStats,name=LogFlushRateAndTimeMs"),
                    "Count");
      }
    } finally {
      jvm.detach();
    }
  }
}

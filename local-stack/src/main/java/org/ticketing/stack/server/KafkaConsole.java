package org.ticketing.stack.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.ticketing.stack.process.StackException;

/** What the Kafka broker at a port of the loopback interface tells when it is asked. */
record KafkaConsole(int port) {

  private static final int REQUEST_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 5_000;

  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  /**
   * The value of a setting of the node with that number.
   *
   * @throws StackException if it does not answer
   */
  String setting(String node, String name) {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
    return answer(
        "its " + name,
        admin -> admin.describeConfigs(List.of(broker)).all().get().get(broker).get(name).value());
  }

  /**
   * The number of messages, in topics whose names begin so, that the group of the same name as the
   * topic has not acknowledged.
   *
   * @throws StackException if it does not answer
   */
  long unreadMessages(String topics) {
    return answer(
        "what was not read",
        admin -> {
          long unread = 0;
          for (String topic : admin.listTopics().names().get()) {
            if (topic.startsWith(topics)) {
              unread += unread(admin, topic);
            }
          }
          return unread;
        });
  }

  private static long unread(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toSet());
    Map<TopicPartition, OffsetAndMetadata> read = read(admin, topic);
    long unread = 0;
    for (var end : ends(admin, partitions).entrySet()) {
      OffsetAndMetadata upTo = read.get(end.getKey());
      unread += end.getValue() - (upTo == null ? 0 : upTo.offset());
    }
    return unread;
  }

  private static Map<TopicPartition, OffsetAndMetadata> read(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw failure;
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private <T> T answer(String what, Question<T> question) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS))) {
      return question.ask(admin);
    } catch (ExecutionException failure) {
      throw new StackException(
          "The Kafka broker does not tell %s: %s".formatted(what, failure.getCause().getMessage()),
          failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Nobody waits for the Kafka broker any more.", interrupted);
    }
  }
}

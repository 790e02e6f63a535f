package org.ticketing.choreography;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Kafka as the carrier of events. Without it, no class of Kafka is loaded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ticketing.choreography.carrier", havingValue = "kafka")
@EnableConfigurationProperties(KafkaSettings.class)
class KafkaConfiguration {

  @Bean
  KafkaTopics kafkaTopics(
      KafkaSettings settings, ChoreographySettings choreography, JsonMapper json) {
    return new KafkaTopics(settings, choreography.redelivery(), json);
  }

  @Bean
  KafkaCarrier kafkaCarrier(Outbox outbox, KafkaTopics topics, List<Reactions> reactions) {
    return new KafkaCarrier(outbox, topics, reactions);
  }

  @Bean
  KafkaReaders kafkaReaders(
      KafkaTopics topics,
      Reception reception,
      List<Reactions> reactions,
      ChoreographySettings settings) {
    return new KafkaReaders(topics, reception, reactions, settings);
  }
}

package org.ticketing.choreography;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of Kafka as the carrier of events.
 *
 * @param bootstrapServers host and port of brokers, separated by commas
 * @param topics what the names of the topics begin with; the same for all processes of a system
 * @param partitions of a topic, when it is created: how many readers it can have at the same time,
 *     in all processes of a service together
 * @param member name of this process among those of its service, the same after a restart, so that
 *     its events wait for it and are not given to others meanwhile; if empty, they are given to
 *     others 10 seconds after it has died
 */
@Validated
@ConfigurationProperties("ticketing.choreography.kafka")
record KafkaSettings(
    @NotBlank String bootstrapServers,
    @DefaultValue("payment-events") @NotBlank String topics,
    @DefaultValue("16") @Min(1) @Max(1000) int partitions,
    @DefaultValue("") String member) {}

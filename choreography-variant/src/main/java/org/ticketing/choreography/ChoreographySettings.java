package org.ticketing.choreography;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the choreography.
 *
 * @param carrier what carries events from one service to another
 * @param paymentTimeout time after which a payment that has not ended is cancelled; long enough for
 *     a participant that was killed to be back
 * @param redelivery time after which an event that was handed over and not acknowledged is handed
 *     over again; longer than a reaction takes, and than a lock may keep it waiting
 * @param attempts how often a process tries to react to an event before it parks it. Failures of
 *     its database do not count
 * @param readers how many events of another service a process reacts to at the same time; with
 *     Kafka, how many of all other services
 * @param pollWait how long a reader's request waits for an event; shorter than a call may take
 * @param inboxRetention how long a service remembers that it has reacted to an event; longer than a
 *     publisher may be away, because an event whose acknowledgement it has not stored comes again
 *     when it is back
 */
@Validated
@ConfigurationProperties("ticketing.choreography")
record ChoreographySettings(
    @DefaultValue("outbox") @NotNull CarrierKind carrier,
    @DefaultValue("18s") @DurationMin(seconds = 1) Duration paymentTimeout,
    @DefaultValue("3s") @DurationMin(millis = 100) Duration redelivery,
    @DefaultValue("5") @Min(1) int attempts,
    @DefaultValue("8") @Min(1) @Max(32) int readers,
    @DefaultValue("4s") @DurationMin(millis = 100) Duration pollWait,
    @DefaultValue("1h") @DurationMin(seconds = 1) Duration inboxRetention) {

  /** What carries events. */
  enum CarrierKind {
    /** The outboxes alone: readers ask their publishers. */
    OUTBOX,
    /** A Kafka broker between outbox and reader. */
    KAFKA
  }
}

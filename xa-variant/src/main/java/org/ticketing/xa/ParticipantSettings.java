package org.ticketing.xa;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a participant.
 *
 * @param idleTimeout a branch that nobody works in for so long is rolled back, unless it is
 *     prepared. Not below the coordinator's transaction timeout, or slow transactions suffer
 * @param sweepDelay between two looks for such branches
 */
@Validated
@ConfigurationProperties("ticketing.xa.participant")
record ParticipantSettings(
    @NotNull @DurationMin(seconds = 1) Duration idleTimeout,
    @NotNull @DurationMin(millis = 10) Duration sweepDelay) {}

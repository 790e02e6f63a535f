package org.ticketing.xa;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a participant.
 *
 * @param idleTimeout after which a branch that nobody has worked in is rolled back, unless it is
 *     prepared; longer than a coordinator can be busy elsewhere before it prepares the branch, which
 *     is a call of the other participant and the work in its own database
 * @param sweepDelay between two searches for such branches
 */
@Validated
@ConfigurationProperties("ticketing.xa.participant")
record ParticipantSettings(
    @DefaultValue("10s") @DurationMin(seconds = 1) Duration idleTimeout,
    @DefaultValue("500ms") @DurationMin(millis = 10) Duration sweepDelay) {}

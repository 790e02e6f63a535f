package org.ticketing.tcc;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of every process that takes part in payments.
 *
 * @param fenceRetention how long a participant remembers a finished branch; longer than any message
 *     can be late
 */
@Validated
@ConfigurationProperties("ticketing.tcc.participant")
record ParticipantSettings(
    @NotNull @DurationMin(seconds = 1) @DefaultValue("1h") Duration fenceRetention) {}

package org.ticketing.tcc;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a participant.
 *
 * @param fenceRetention how long a participant's fence remembers finished branches; longer than a
 *     transaction lasts. No message needs them for longer; they show what happened
 */
@Validated
@ConfigurationProperties("ticketing.tcc.participant")
record ParticipantSettings(@DefaultValue("1h") @DurationMin(seconds = 1) Duration fenceRetention) {}

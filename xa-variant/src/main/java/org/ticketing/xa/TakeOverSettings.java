package org.ticketing.xa;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the take-over of what absent coordinators have left, which a coordinator does whose
 * own log is {@code own}.
 *
 * @param interval pause between two looks for absent coordinators; 0 for none at all
 * @param absence time after which a coordinator that does not run is absent, and another one ends
 *     what it has left; longer than a restart takes, which ends its branches by itself
 */
@Validated
@ConfigurationProperties("ticketing.xa.coordinator.take-over")
record TakeOverSettings(
    @DefaultValue("10s") @DurationMin Duration interval,
    @DefaultValue("20s") @DurationMin(seconds = 1) Duration absence) {}

package org.ticketing.reservation;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param hold how long a seat is held for its payment, unless the request asks for less
 * @param sweepInterval how long the job that expires holds pauses between two sweeps
 */
@Validated
@ConfigurationProperties("ticketing.reservation")
record ReservationProperties(
    @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration hold,
    @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) Duration sweepInterval) {}

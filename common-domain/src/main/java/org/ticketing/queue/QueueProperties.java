package org.ticketing.queue;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param interval how often the next ones are admitted, and those expired whose time has run out
 * @param admissions how many a schedule admits in one interval at the most
 * @param ceiling how many a schedule has active at the same time at the most
 * @param activeFor how long one who was admitted may reserve seats
 */
@Validated
@ConfigurationProperties("ticketing.queue")
record QueueProperties(
    @DefaultValue("1s") @NotNull @DurationMin(seconds = 1) Duration interval,
    @DefaultValue("50") @Min(1) int admissions,
    @DefaultValue("500") @Min(1) int ceiling,
    @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) Duration activeFor) {

  /** Until as many as the rank says are admitted, if places become free as fast as that. */
  Duration timeToAdmit(long rank) {
    long intervals = (rank + admissions - 1) / admissions;
    return interval.multipliedBy(intervals);
  }
}

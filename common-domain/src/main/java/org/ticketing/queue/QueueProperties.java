package org.ticketing.queue;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param interval how often the next customers are admitted, and tokens whose time has run out are
 *     expired
 * @param admissions how many customers a schedule admits in one interval at most
 * @param ceiling how many active tokens a schedule has at the same time at most
 * @param activeFor how long a customer who was admitted may reserve seats. The token expires then
 */
@Validated
@ConfigurationProperties("ticketing.queue")
record QueueProperties(
    @DefaultValue("1s") @NotNull @DurationMin(seconds = 1) Duration interval,
    @DefaultValue("50") @Min(1) int admissions,
    @DefaultValue("500") @Min(1) int ceiling,
    @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) Duration activeFor) {

  /**
   * How long it takes until as many customers are admitted as the rank says, if enough places
   * become free.
   */
  Duration timeToAdmit(long rank) {
    long intervals = (rank + admissions - 1) / admissions;
    return interval.multipliedBy(intervals);
  }
}

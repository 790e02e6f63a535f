package org.ticketing.xa;

import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a participant.
 *
 * @param idleTimeout time after which an unprepared branch that nobody has worked in is rolled
 *     back; longer than a coordinator can be busy elsewhere before it prepares the branch, which is
 *     a call of the other participant and the work in its own database
 * @param keepPrepared how long a prepared branch keeps its connection, which is the cheapest to end
 *     it with; after that it is in doubt, and others need the connection more
 * @param sweepDelay pause between two searches for branches that have been idle or prepared for too
 *     long
 * @param turnTimeout how long work or a message waits for other work in its branch; shorter than
 *     the read timeout of the coordinator, so that it hears that the branch is busy
 * @param mostInDoubt how many branches may be in doubt before new ones are refused: each keeps a
 *     wallet or a seat from others, and something keeps them from being ended
 * @param address where the coordinator reaches this instance, of several that share a name, such as
 *     {@code http://10.0.0.5:8080}. By default, the address at which it was called. To be set where
 *     that is none that the coordinator reaches, for example behind a proxy on another network
 */
@Validated
@ConfigurationProperties("ticketing.xa.participant")
record ParticipantSettings(
    @DefaultValue("10s") @DurationMin(seconds = 1) Duration idleTimeout,
    @DefaultValue("1s") @DurationMin(millis = 1) Duration keepPrepared,
    @DefaultValue("500ms") @DurationMin(millis = 10) Duration sweepDelay,
    @DefaultValue("1s") @DurationMin(millis = 1) Duration turnTimeout,
    @DefaultValue("100") @Min(1) int mostInDoubt,
    URI address) {

  /**
   * @throws IllegalArgumentException the address has another form
   */
  ParticipantSettings {
    if (address != null) {
      new InstanceAddress(address);
    }
  }

  /** Returns the address of this instance, if it is set. */
  Optional<InstanceAddress> instance() {
    return Optional.ofNullable(address).map(InstanceAddress::new);
  }
}

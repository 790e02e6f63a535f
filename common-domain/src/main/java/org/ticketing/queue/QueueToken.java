package org.ticketing.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenView;

/**
 * A place in the line of a schedule.
 *
 * @param activeUntil null unless it has been admitted
 * @param admittedNumber of its line at the same moment: nobody up to it waits, so that the rank of
 *     one who waits is 1 or more
 */
record QueueToken(
    UUID id,
    UUID userId,
    UUID scheduleId,
    long number,
    Status status,
    Instant activeUntil,
    long admittedNumber) {

  TokenView view(QueueProperties properties, Instant now) {
    Duration estimatedWait = properties.timeToAdmit(rank());
    return new TokenView(id, userId, scheduleId, statusAt(now), rank(), estimatedWait, activeUntil);
  }

  /** How many wait up to and with it, at the most: some of them may have left. */
  private long rank() {
    return status == Status.WAITING ? number - admittedNumber : 0;
  }

  /** Does not wait for the sweep to tell that the time has run out. */
  private Status statusAt(Instant now) {
    return status == Status.ACTIVE && !now.isBefore(activeUntil) ? Status.EXPIRED : status;
  }
}

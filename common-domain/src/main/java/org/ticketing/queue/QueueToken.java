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
 * @param admittedNumber the admitted number of its line at the same moment. No token up to it
 *     waits, so that the rank of a waiting token is at least 1
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

  /** Its place in the line, in which customers who have left may still be counted. */
  private long rank() {
    return status == Status.WAITING ? number - admittedNumber : 0;
  }

  /** A token whose time has run out is expired, even if it has not been swept yet. */
  private Status statusAt(Instant now) {
    return status == Status.ACTIVE && !now.isBefore(activeUntil) ? Status.EXPIRED : status;
  }
}

package org.ticketing.workload;

/**
 * A request of an open loop that was answered. Times are nanoseconds since the begin of the loop.
 *
 * @param due when it was to be sent
 * @param free when a client was free for it; after it was due if all clients were busy
 * @param sent when it was sent
 * @param answered when the answer was there
 */
public record Request(
    PlannedPayment payment, long due, long free, long sent, long answered, Answer answer) {

  /**
   * From when it was due, so that a system that stalls cannot keep the requests that were due
   * meanwhile out of the figures.
   */
  public long latencyNanos() {
    return answered - due;
  }

  /** From when it was sent. */
  public long serviceNanos() {
    return answered - sent;
  }

  /** How much later it was sent than it was due. */
  public long lateNanos() {
    return sent - due;
  }

  /** Whether no client was free when it was due. */
  public boolean waitedForClient() {
    return free > due;
  }
}

package org.ticketing.saga;

import java.time.Instant;

/**
 * A step or a compensation that was begun, as its row in the log shows it.
 *
 * @param name such as {@code UsePoints} or {@code RefundPoints}
 * @param status as of {@link Saga}
 * @param compensation whether it is one
 * @param compensated whether its compensation has succeeded
 * @param since when it ended, or began if it has not ended
 */
record SagaStep(
    String name, String status, boolean compensation, boolean compensated, Instant since) {

  /** Whether its compensation is still to do something. */
  boolean isToBeCompensated() {
    return !compensation && !compensated && !status.equals("FA");
  }
}

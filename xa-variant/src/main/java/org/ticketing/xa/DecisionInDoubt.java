package org.ticketing.xa;

import com.atomikos.recovery.LogWriteException;

/** The decision to commit was sent to the database, which has not answered. */
class DecisionInDoubt extends LogWriteException {

  DecisionInDoubt(Throwable cause) {
    super(cause);
  }

  /** Whether this is why a commit failed. */
  static boolean isCauseOf(Throwable failure) {
    return failure != null && (failure instanceof DecisionInDoubt || isCauseOf(failure.getCause()));
  }
}

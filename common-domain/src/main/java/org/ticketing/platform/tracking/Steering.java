package org.ticketing.platform.tracking;

/** What an operator can do about a global transaction. Each is safe to repeat. */
public enum Steering {
  /** Has what is repeated anyway be done now. */
  RETRY,
  /** Stops the repetitions of this transaction, until they are resumed or its owner restarts. */
  SUSPEND,
  /** Lets suspended repetitions go on. */
  RESUME,
  /**
   * Ends it as decided, so that the payment has happened. Where the decision is truly unknown, this
   * is a heuristic decision of the operator.
   */
  COMPLETE,
  /**
   * Ends it so that nothing remains of the payment. Where the decision is truly unknown, this is a
   * heuristic decision of the operator.
   */
  UNDO,
  /** Gives back what a participant keeps for a transaction that no engine knows any more. */
  RELEASE
}

package org.ticketing.platform.tracking;

/** Where a global transaction stands, in words that fit every protocol. */
public enum TransactionState {
  /** Work, tries, or steps are under way, and nothing is decided. */
  WORKING,
  /** The participants are asked to prepare. XA alone. */
  PREPARING,
  /** The payment is decided to happen, and the participants are told: commit, or confirm. */
  COMPLETING,
  /** The payment is decided not to happen, and is undone: rollback, cancel, or compensation. */
  UNDOING,
  /** Everything has happened. */
  COMPLETED,
  /** Nothing remains. */
  UNDONE,
  /** What was decided could not be learnt yet. */
  UNKNOWN;

  /** Whether nothing follows any more. */
  public boolean isFinal() {
    return this == COMPLETED || this == UNDONE;
  }
}

package org.ticketing.platform.tracking;

/** What has been decided about a global transaction. */
public enum Decision {
  /** Nothing yet. */
  NONE,
  /** The payment happens. */
  COMPLETE,
  /** The payment does not happen. */
  UNDO,
  /** Nobody who could be asked knows it: the record of it is lost, or is elsewhere. */
  UNKNOWN
}

package org.ticketing.platform.tracking;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of the log that this process has not written yet; see {@link TrackingApi.LogEntry}.
 *
 * @param micros null unless it is a phase
 */
record LoggedEntry(
    Instant at,
    UUID payment,
    String xid,
    TransactionState from,
    TransactionState to,
    String phase,
    String participant,
    Long micros,
    String cause,
    boolean failed) {

  /** Whether nothing of the transaction comes before it; recovery may not know what did. */
  boolean isBegin() {
    return from == null && to == TransactionState.WORKING;
  }

  boolean isEnd() {
    return to != null && to.isFinal();
  }
}

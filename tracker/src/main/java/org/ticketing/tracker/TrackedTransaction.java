package org.ticketing.tracker;

import java.time.Instant;
import java.util.List;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * Everything that is known of one transaction, side by side.
 *
 * @param id by which it was asked for
 * @param detail what is recorded of it, and what the engine believes; null if the payment service
 *     knows nothing of it, or gives no answer
 * @param log what has happened, by all processes, in the order of time
 * @param keptSince before then, entries of the log were removed; null if none were
 * @param lost how many entries the processes that were asked could not write since their start
 * @param holdings what the databases hold now, by participant
 * @param disagreements where these contradict the engine, or each other
 * @param notReached who gave no answer, so that something may be missing, a line each
 */
record TrackedTransaction(
    String id,
    TransactionDetail detail,
    List<LogEntry> log,
    Instant keptSince,
    long lost,
    List<Holding> holdings,
    List<Disagreement> disagreements,
    List<String> notReached) {

  /**
   * @param participant whose holdings do not fit
   * @param text in a sentence
   */
  record Disagreement(String participant, String text) {}
}

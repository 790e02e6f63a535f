package org.ticketing.cli;

import java.time.Instant;
import java.util.List;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * What the tracker puts together about one transaction.
 *
 * @param id by which it was asked for
 * @param detail what the payment service tells of it; null if it knows nothing, or gives no answer
 * @param log what has happened in all processes, the oldest first
 * @param keptSince before then, entries of the log were removed; null if none were
 * @param lost how many entries the processes could not write
 * @param holdings what the databases hold of it now
 * @param disagreements where engine and databases say different things
 * @param notReached who did not answer, so that something may be missing, a line each
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

  record Disagreement(String participant, String text) {}
}

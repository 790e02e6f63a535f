package org.ticketing.cli;

import java.util.List;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * What the tracker puts together about one transaction.
 *
 * @param detail what the payment process tells of it
 * @param log what has happened in all processes, the oldest first
 * @param holdings what the databases hold of it now
 * @param disagreements where engine and databases say different things, a line each
 * @param notReached who did not answer, so that something may be missing, a line each
 */
record TrackedTransaction(
    TransactionDetail detail,
    List<LogEntry> log,
    List<Holding> holdings,
    List<String> disagreements,
    List<String> notReached) {}

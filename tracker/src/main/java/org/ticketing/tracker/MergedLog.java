package org.ticketing.tracker;

import java.time.Instant;
import java.util.List;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * A page of what all processes have written down.
 *
 * @param entries in the order of time. The next page can have entries that are older than the last
 *     of this one, from another process
 * @param next asks for what follows; null if nothing did yet
 * @param keptSince before then, entries were removed; null if none were
 * @param lost how many entries the processes could not write since they have started
 * @param notReached who gave no answer, so that something is missing, a line each
 */
record MergedLog(
    List<LogEntry> entries, String next, Instant keptSince, long lost, List<String> notReached) {}

package org.ticketing.stack.server;

import java.util.Map;

/**
 * What a database server has counted of itself since it began. Differences between two readings
 * tell what was done meanwhile.
 *
 * @param forcedWrites how often its log was forced to the disk; on PostgreSQL from version 18 on,
 *     only for sessions that waited for it
 * @param forcedInBackground how often the server forced its log although nobody waited, where it
 *     tells that apart; 0 elsewhere
 * @param logBytes what was written to its log, in bytes
 * @param statements by database, then by kind, such as {@code INSERT}. MySQL does not tell its
 *     databases apart; PostgreSQL counts while {@link DatabaseServer#countPrecisely} is on
 */
public record DatabaseCounters(
    long forcedWrites,
    long forcedInBackground,
    long logBytes,
    Map<String, Map<String, Long>> statements) {}

package org.ticketing.xa;

import org.ticketing.xa.CoordinatorSettings.Log;

/**
 * A coordinator that has this process's database as its own.
 *
 * @param number of its row
 * @param log where its decisions are
 */
record RegisteredCoordinator(int number, CoordinatorId id, Log log) {}

package org.ticketing.xa;

/**
 * What the database of a coordinator tells of it.
 *
 * @param epoch of the last process that has had its claim
 * @param runs whether a process has its claim now
 * @param hasDecisions whether decisions to commit are there that may not have been told to all
 */
record CoordinatorState(
    RegisteredCoordinator coordinator, int epoch, boolean runs, boolean hasDecisions) {}

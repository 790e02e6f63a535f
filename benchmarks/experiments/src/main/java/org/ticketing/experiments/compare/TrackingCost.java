package org.ticketing.experiments.compare;

import java.util.List;

/**
 * What it costs to log what happens in transactions: each system with the log on, to itself with
 * everything off in the same round.
 *
 * @param rows that the payment processes have written, warm-up included
 */
public record TrackingCost(long rows, List<SwitchedSystem> systems) {}

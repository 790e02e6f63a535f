package org.ticketing.experiments.compare;

import java.util.List;

/**
 * What it costs to observe systems: each of them with everything on that observes it, to itself
 * with that switched off in the same round.
 *
 * @param exports how often the processes have sent traces
 * @param scrapes how often their metrics were read
 */
public record ObservabilityCost(long exports, long scrapes, List<SwitchedSystem> systems) {}

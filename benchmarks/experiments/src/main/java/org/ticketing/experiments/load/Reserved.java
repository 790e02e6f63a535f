package org.ticketing.experiments.load;

import java.time.Duration;

/**
 * When the seats of a load are reserved.
 *
 * @param before seats that are reserved before the load begins
 * @param meanwhile those that are reserved while it runs
 * @param ahead how long before they are to be paid
 */
public record Reserved(int before, int meanwhile, Duration ahead) {}

package org.ticketing.experiments.publication;

import org.ticketing.workload.history.History;

/**
 * The smallest part of a history that shows an anomaly.
 *
 * @param file its name
 */
public record Example(String file, History history) {}

package org.ticketing.experiments.compare;

import org.ticketing.verification.FracturedReads;

/**
 * What readers and customers saw that should not be.
 *
 * @param falseRefusals payments refused for lack of points that a payment which came to nothing had
 *     taken
 */
public record Sightings(FracturedReads fracturedReads, int falseRefusals) {}

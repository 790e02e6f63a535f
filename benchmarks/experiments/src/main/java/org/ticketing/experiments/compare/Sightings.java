package org.ticketing.experiments.compare;

import org.ticketing.verification.FracturedReads;

/**
 * What readers and clients saw that should not be.
 *
 * @param watched payments whose reservation was read while they were followed
 * @param fractured payments seen to have used their points while, read later, their reservation was
 *     not confirmed
 * @param fracturedReads reads of a reservation that showed it
 * @param fractureP50Micros how long the fractured payments were seen so, at least, as are the other
 *     two; 0 when there are none
 * @param falseRefusals payments refused for lack of points that a payment held which came to
 *     nothing
 */
public record Sightings(
    int watched,
    int fractured,
    int fracturedReads,
    long fractureP50Micros,
    long fractureP99Micros,
    long fractureMaxMicros,
    int falseRefusals) {

  static Sightings of(FracturedReads reads, int falseRefusals) {
    return new Sightings(
        reads.watched(),
        reads.fractured(),
        reads.reads(),
        reads.p50Micros(),
        reads.p99Micros(),
        reads.maxMicros(),
        falseRefusals);
  }
}

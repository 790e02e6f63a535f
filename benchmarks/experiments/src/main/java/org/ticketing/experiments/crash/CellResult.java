package org.ticketing.experiments.crash;

import java.util.List;

/**
 * What became of one cell. Times are in milliseconds.
 *
 * @param repetition counted from 1
 * @param fired whether the point was reached, so that the act could happen
 * @param inFlight payments that had no answer yet when the act happened
 * @param told what the clients of these payments were told
 * @param outage from the act until everything it has struck works again
 * @param blocked the longest that an unrelated payment of a wallet with a payment in flight took,
 *     from the act on; null if it was not answered in time, or no payment was in flight
 */
public record CellResult(
    String system,
    String point,
    String place,
    String act,
    int repetition,
    boolean fired,
    int inFlight,
    Told told,
    long outage,
    Long blocked,
    Findings found) {

  /** Of a cell that could not be played to its end. */
  static CellResult failed(Cell cell, int repetition, boolean fired, Exception failure) {
    return new CellResult(
        cell.system().name(),
        cell.point().name(),
        cell.place(),
        cell.act().toString(),
        repetition,
        fired,
        0,
        Told.of(List.of()),
        0,
        null,
        Findings.none(failure));
  }

  boolean isKept() {
    return found.isKept();
  }

  /** The same, and the promise broken for one more reason. */
  CellResult but(String reason) {
    return new CellResult(
        system,
        point,
        place,
        act,
        repetition,
        fired,
        inFlight,
        told,
        outage,
        blocked,
        found.but(reason));
  }
}

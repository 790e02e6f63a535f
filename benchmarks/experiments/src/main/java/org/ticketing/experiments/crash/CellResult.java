package org.ticketing.experiments.crash;

import java.util.List;

/**
 * What happened in one cell. Times are in milliseconds.
 *
 * @param reached whether a payment came to the point, so that the fault could be injected
 */
public record CellResult(Played played, boolean reached, Impact impact, Findings found) {

  /**
   * The cell that was played.
   *
   * @param repetition counted from 1
   */
  public record Played(String system, String point, String place, String fault, int repetition) {

    static Played of(Cell cell, int repetition) {
      return new Played(
          cell.system().name(),
          cell.point().name(),
          cell.place(),
          cell.fault().toString(),
          repetition);
    }

    /** The name of the file with its history, which no other cell of a run has. */
    public String history() {
      return String.join("-", system, point, "in", place, fault).replaceAll("[^a-z0-9]+", "-")
          + "-%s.jsonl".formatted(repetition);
    }
  }

  /**
   * What customers noticed of the fault.
   *
   * @param inFlight payments that had no answer yet when the fault was injected
   * @param told what the clients of these payments were told
   * @param outage from the injection until everything that failed works again
   * @param blocked the longest time, from the injection on, that an unrelated payment from the
   *     wallet of a payment in flight took; null if one was not answered in time, or no payment was
   *     in flight
   */
  public record Impact(int inFlight, Told told, long outage, Long blocked) {

    static final Impact NONE = new Impact(0, Told.of(List.of()), 0, null);
  }

  /** The result of a cell that could not be played to its end. */
  static CellResult failed(Played played, boolean reached, Exception failure) {
    return new CellResult(played, reached, Impact.NONE, Findings.none(failure));
  }

  boolean isKept() {
    return found.isKept();
  }

  /** The same result, with one more reason why the promise is broken. */
  CellResult withBroken(String reason) {
    return new CellResult(played, reached, impact, found.withBroken(reason));
  }
}

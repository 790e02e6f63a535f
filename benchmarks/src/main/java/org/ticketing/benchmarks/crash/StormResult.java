package org.ticketing.benchmarks.crash;

import java.util.List;
import java.util.Map;
import org.ticketing.benchmarks.history.FracturedReads;

/**
 * What became of a system whose processes were killed at random moments under load. Times are in
 * milliseconds; most fields are those of {@link CellResult}.
 *
 * @param seed with which the same victims are killed again, though never at the same moments
 * @param asked payments sent
 */
public record StormResult(
    String variant,
    long seed,
    List<Strike> strikes,
    int asked,
    CellResult.Told told,
    Long cleanAfter,
    int violations,
    Map<String, Long> violationsByKind,
    List<String> examples,
    Map<String, Long> inDoubt,
    int askedAgain,
    List<String> untruths,
    FracturedReads fractured,
    int falseRefusals,
    List<String> broken) {

  /**
   * @param at since the first payment
   * @param outage until the victims worked again
   */
  record Strike(long at, List<String> victims, long outage) {}

  boolean kept() {
    return broken.isEmpty();
  }
}

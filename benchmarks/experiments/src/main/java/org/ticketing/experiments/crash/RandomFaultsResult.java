package org.ticketing.experiments.crash;

import java.util.List;

/**
 * What became of a system whose processes were killed at random moments under load. Times are in
 * milliseconds.
 *
 * @param seed with which the same victims are killed again, though never at the same moments
 * @param asked payments sent
 * @param told what their clients were told
 */
public record RandomFaultsResult(
    String system, long seed, List<Strike> strikes, int asked, Told told, Findings found) {

  /**
   * @param at since the storm began
   * @param outage until the victims worked again
   */
  public record Strike(long at, List<String> victims, long outage) {}
}

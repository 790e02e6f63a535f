package org.ticketing.experiments.crash;

import java.util.List;

/**
 * What happened in a system whose processes and servers were killed at random moments under load.
 * Times are in milliseconds.
 *
 * @param seed chooses the same targets again, though never at the same moments
 * @param asked the number of payments sent
 * @param told what their clients were told
 */
public record RandomFaultsResult(
    String system, long seed, List<Kill> kills, int asked, Told told, Findings found) {

  /**
   * One SIGKILL, to one or two targets.
   *
   * @param at since the first payment was due
   * @param outage until the targets worked again
   */
  public record Kill(long at, List<String> targets, long outage) {}
}

package org.ticketing.experiments.compare;

import java.util.List;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.report.Ratio;

/**
 * What one part found, as it is kept until all are there.
 *
 * @param systems of rounds; else empty, as split and floor are null
 * @param sweep null but of sweeps
 * @param counts empty but of counts
 * @param observability null but of that part
 * @param tracking null but of that part
 * @param levers empty but of that part
 */
record PartResult(
    PlayedPart played,
    List<SystemResult> systems,
    Ratio split,
    Floor floor,
    Sweep sweep,
    List<Counts> counts,
    ObservabilityCost observability,
    TrackingCost tracking,
    List<LeveredSystem> levers) {

  PartResult {
    levers = levers == null ? List.of() : levers;
  }

  boolean hasControl() {
    return played.systems().stream().anyMatch(one -> one.system().equals(Plan.CONTROL));
  }

  static PartResult ofRounds(
      PlayedPart played, List<SystemResult> systems, Ratio split, Floor floor) {
    return new PartResult(played, systems, split, floor, null, List.of(), null, null, List.of());
  }

  static PartResult ofSweep(PlayedPart played, Sweep sweep) {
    return new PartResult(played, List.of(), null, null, sweep, List.of(), null, null, List.of());
  }

  static PartResult ofAudit(PlayedPart played) {
    return new PartResult(played, List.of(), null, null, null, List.of(), null, null, List.of());
  }

  static PartResult ofCounts(PlayedPart played, List<Counts> counts) {
    return new PartResult(played, List.of(), null, null, null, counts, null, null, List.of());
  }

  static PartResult ofObservability(PlayedPart played, ObservabilityCost observability) {
    return new PartResult(
        played, List.of(), null, null, null, List.of(), observability, null, List.of());
  }

  static PartResult ofTracking(PlayedPart played, TrackingCost tracking) {
    return new PartResult(
        played, List.of(), null, null, null, List.of(), null, tracking, List.of());
  }

  static PartResult ofLevers(PlayedPart played, LeveredSystem levers) {
    return ofLevers(played, List.of(levers));
  }

  private static PartResult ofLevers(PlayedPart played, List<LeveredSystem> levers) {
    return new PartResult(played, List.of(), null, null, null, List.of(), null, null, levers);
  }

  /**
   * The levers of several systems as those of one part.
   *
   * @param systems in the order in which they were measured; at least one
   */
  static PartResult joined(List<PartResult> systems) {
    List<PlayedPart> played = systems.stream().map(PartResult::played).toList();
    PlayedPart first = played.get(0);
    return ofLevers(
        new PlayedPart(
            first.part(),
            first.startedAt(),
            played.get(played.size() - 1).finishedAt(),
            played.stream().flatMap(one -> one.systems().stream()).toList()),
        systems.stream().flatMap(one -> one.levers().stream()).toList());
  }
}

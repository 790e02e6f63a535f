package org.ticketing.experiments.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.workload.NotMeasuredException;

/** Rounds in which every system takes two turns: with the log of its transactions, and without. */
final class TrackingRounds implements PartRun {

  private static final String SUFFIX = "tracked";

  private final Sitting sitting;
  private final List<SystemDescription> systems;

  private TrackingRounds(Sitting sitting, List<SystemDescription> systems) {
    this.sitting = sitting;
    this.systems = systems;
  }

  /** Starts every system twice, and warms up both. */
  static TrackingRounds enter(List<SystemDescription> systems, Sitting sitting)
      throws InterruptedException, SQLException {
    for (SystemDescription system : systems) {
      sitting.enterAndRunIn(system, Switches.OFF);
      sitting.enterAndRunIn(system.copy(system.name() + SUFFIX), Switches.tracked());
    }
    return new TrackingRounds(sitting, systems);
  }

  @Override
  public void play() throws InterruptedException, SQLException {
    sitting.playRounds(
        ComparisonPart.TRACKING,
        ComparisonPart.TRACKING + ", round",
        Contestant::measureProcessorTime);
  }

  /**
   * @throws NotMeasuredException a system has logged nothing, so that its cost was not measured
   */
  @Override
  public PartResult found(PlayedPart played) throws SQLException {
    Map<String, Contestant> contestants = new HashMap<>();
    sitting.contestants().forEach(one -> contestants.put(one.name(), one));
    List<SwitchedSystem> switched = new ArrayList<>();
    long rows = 0;
    for (SystemDescription system : systems) {
      Contestant off = contestants.get(system.name());
      Contestant on = contestants.get(system.name() + SUFFIX);
      long logged = on.logged();
      if (logged == 0) {
        throw new NotMeasuredException(on.name() + " has logged no transaction.");
      }
      rows += logged;
      switched.add(
          SwitchedSystem.of(system.name(), on.rounds(), off.rounds(), on.isWarm() && off.isWarm()));
    }
    return PartResult.ofTracking(played, new TrackingCost(rows, switched));
  }
}

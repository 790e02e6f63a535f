package org.ticketing.experiments.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.system.SystemDescription;

/** Rounds in which every system takes two turns: with something on, and with everything off. */
final class Switching implements PartRun {

  private final Sitting sitting;
  private final Switched switched;

  /**
   * @param sitting that systems have {@linkplain #enter entered}
   */
  Switching(Sitting sitting, Switched switched) {
    this.sitting = sitting;
    this.switched = switched;
  }

  /** Starts a system twice, and warms up both. */
  static void enter(SystemDescription system, Sitting sitting, Switched switched)
      throws InterruptedException, SQLException {
    sitting.enterAndRunIn(system, Switches.OFF);
    sitting.enterAndRunIn(system.copy(system.name() + switched.suffix()), switched.on());
  }

  @Override
  public void play() throws InterruptedException, SQLException {
    sitting.playRounds(
        switched.part(),
        switched.part() + ", round",
        (contestant, number) -> {
          contestant.measureProcessorTime(number);
          switched.requireOn();
        });
  }

  @Override
  public PartResult found(PlayedPart played) throws SQLException {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    sitting.contestants().forEach(one -> contestants.put(one.name(), one));
    List<SwitchedSystem> systems = new ArrayList<>();
    List<Contestant> switchedOn = new ArrayList<>();
    contestants.forEach(
        (name, off) -> {
          Contestant on = contestants.get(name + switched.suffix());
          if (on != null) {
            switchedOn.add(on);
            systems.add(
                SwitchedSystem.of(name, on.rounds(), off.rounds(), on.isWarm() && off.isWarm()));
          }
        });
    return switched.found(played, switchedOn, systems);
  }
}

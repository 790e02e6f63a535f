package org.ticketing.experiments.compare;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Switches;

/** The log of transactions. */
final class SwitchedTracking implements Switched {

  @Override
  public ComparisonPart part() {
    return ComparisonPart.TRACKING;
  }

  @Override
  public String suffix() {
    return "tracked";
  }

  @Override
  public Map<String, String> on() {
    return Switches.tracked();
  }

  @Override
  public void requireOn() {
    // What was logged is counted at the end.
  }

  @Override
  public PartResult found(PlayedPart played, List<Contestant> on, List<SwitchedSystem> systems)
      throws SQLException {
    long rows = 0;
    for (Contestant contestant : on) {
      long logged = contestant.logged();
      if (logged == 0) {
        throw new IllegalStateException(contestant.name() + " has logged no transaction.");
      }
      rows += logged;
    }
    return PartResult.ofTracking(played, new TrackingCost(rows, systems));
  }

  @Override
  public void close() {
    // There is nothing to be closed.
  }
}

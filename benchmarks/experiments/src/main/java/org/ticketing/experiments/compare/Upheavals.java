package org.ticketing.experiments.compare;

import java.io.IOException;
import java.sql.SQLException;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.report.ProgressListener;

/**
 * Rounds of payments whose schedule is cancelled meanwhile, beside customers who withdraw. Nothing
 * is timed: the audit says what it found.
 */
final class Upheavals implements PartRun {

  private final Sitting sitting;
  private final Settings settings;
  private final Schedule schedule;
  private final ProgressListener progress;

  Upheavals(Sitting sitting, Settings settings, Schedule schedule, ProgressListener progress) {
    this.sitting = sitting;
    this.settings = settings;
    this.schedule = schedule;
    this.progress = progress;
  }

  @Override
  public void play() throws InterruptedException, IOException, SQLException {
    int turns = settings.measuredRounds() * sitting.contestants().size();
    int turn = 0;
    for (int number = 1; number <= settings.measuredRounds(); number++) {
      for (Contestant contestant : sitting.inTurn(number)) {
        progress.step(
            turn++,
            turns,
            "upheaval %d of %d: %s%s"
                .formatted(number, settings.measuredRounds(), contestant.name(), schedule.left()));
        sitting.giveMachineTo(contestant);
        contestant.upheave(number);
        schedule.played(ComparisonPart.UPHEAVALS);
      }
    }
    progress.step(turns, turns, "all upheavals were played");
  }

  @Override
  public PartResult found(PlayedPart played) {
    return PartResult.ofAudit(played);
  }
}

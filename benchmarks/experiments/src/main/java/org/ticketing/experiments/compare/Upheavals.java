package org.ticketing.experiments.compare;

import java.sql.SQLException;
import org.ticketing.experiments.compare.Results.PlayedPart;

/**
 * Rounds of payments whose schedule is cancelled meanwhile, beside customers who withdraw. Nothing
 * is timed: the audit says what it found.
 */
final class Upheavals implements PartRun {

  private final Sitting sitting;

  Upheavals(Sitting sitting) {
    this.sitting = sitting;
  }

  @Override
  public void play() throws InterruptedException, SQLException {
    sitting.playRounds(ComparisonPart.UPHEAVALS, "upheaval", Contestant::upheave);
  }

  @Override
  public PartResult found(PlayedPart played) {
    return PartResult.ofAudit(played);
  }
}

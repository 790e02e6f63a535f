package org.ticketing.experiments.compare;

import java.io.IOException;
import java.sql.SQLException;
import org.ticketing.experiments.compare.Results.PlayedPart;

/** A part of the comparison while it is played on the systems of a sitting. */
interface PartRun {

  /** Plays it, once. */
  void play() throws InterruptedException, IOException, SQLException;

  /** What it found. To be called after the audit that follows it. */
  PartResult found(PlayedPart played) throws SQLException;
}

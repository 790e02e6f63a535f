package org.ticketing.experiments.compare;

import java.io.Closeable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.PlayedPart;

/** Something that can be switched on in a system, and whose cost is measured. */
interface Switched extends Closeable {

  /** In which it is measured. */
  ComparisonPart part();

  /** What is put behind the name of a system that is started a second time, with it on. */
  String suffix();

  /** The properties of the processes with it on. */
  Map<String, String> on();

  /**
   * @throws IllegalStateException it does not do what it costs to do
   */
  void requireOn();

  /**
   * What it costs.
   *
   * @param on the systems that have it on
   * @param systems each with it on, to itself with it off
   * @throws IllegalStateException it has done nothing, so that its cost was not measured
   */
  PartResult found(PlayedPart played, List<Contestant> on, List<SwitchedSystem> systems)
      throws SQLException;
}

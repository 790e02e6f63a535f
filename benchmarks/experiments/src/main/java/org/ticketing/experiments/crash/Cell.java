package org.ticketing.experiments.crash;

import org.ticketing.stack.system.SystemDescription;

/**
 * One trial of the matrix.
 *
 * @param place the process in which the point is looked for
 */
public record Cell(CrashPoint point, String place, Fault act) {

  SystemDescription system() {
    return point.system();
  }

  /** Unlike that of any other cell, and fit for a file name. */
  String id() {
    return String.join("-", system().name(), point.name(), "in", place, act.toString())
        .replaceAll("[^a-z0-9]+", "-");
  }

  @Override
  public String toString() {
    return point.places().size() == 1
        ? "%s, %s".formatted(point.name(), act)
        : "%s in %s, %s".formatted(point.name(), place, act);
  }
}

package org.ticketing.benchmarks.crash;

/**
 * One trial of the matrix.
 *
 * @param place the process in which the point is looked for
 */
record Cell(CrashPoint point, String place, Act act) {

  /** Unlike that of any other cell of the variant, and fit for a file name. */
  String id() {
    return "%s-in-%s-%s"
        .formatted(point.name(), place, act.toString().replaceAll("[^a-z0-9]+", "-"));
  }

  @Override
  public String toString() {
    return point.places().size() == 1 ? point.name() : point.name() + " in " + place;
  }
}

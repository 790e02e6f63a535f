package org.ticketing.experiments.crash;

import org.ticketing.stack.system.SystemDescription;

/**
 * One cell of the matrix: a crash point and the fault that is injected there.
 *
 * @param place the process that the rules of the point are installed in
 */
public record Cell(CrashPoint point, String place, Fault fault) {

  SystemDescription system() {
    return point.system();
  }

  @Override
  public String toString() {
    return point.places().size() == 1
        ? "%s, %s".formatted(point.name(), fault)
        : "%s in %s, %s".formatted(point.name(), place, fault);
  }
}

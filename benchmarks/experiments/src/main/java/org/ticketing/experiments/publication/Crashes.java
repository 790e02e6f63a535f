package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.RandomFaultsResult;

/** What was found of one system in the crash matrix. */
record Crashes(String system, List<CellResult> cells, List<RandomFaultsResult> randomFaults) {

  /** Empty if it was in no cell. */
  static Optional<Crashes> of(Evidence evidence, String system) {
    return evidence.crashes().flatMap(found -> of(found, system));
  }

  static Optional<Crashes> of(CrashResults results, String system) {
    Crashes crashes =
        new Crashes(
            system,
            results.cells().stream().filter(cell -> cell.played().system().equals(system)).toList(),
            results.randomFaults().stream().filter(one -> one.system().equals(system)).toList());
    return crashes.cells.isEmpty() ? Optional.empty() : Optional.of(crashes);
  }

  long kept() {
    return cells.size() - broken().size();
  }

  List<CellResult> broken() {
    return cells.stream().filter(cell -> !cell.found().broken().isEmpty()).toList();
  }

  long sum(ToLongFunction<CellResult> figure) {
    return cells.stream().mapToLong(figure).sum();
  }

  Optional<Reading> blocked() {
    return longest(cell -> cell.impact().blocked());
  }

  Optional<Reading> clean() {
    return longest(cell -> cell.found().cleanAfter());
  }

  Optional<Reading> outage() {
    return longest(cell -> cell.impact().outage());
  }

  Optional<Reading> fractured() {
    return Reading.share(
        sum(cell -> cell.found().anomalies().fractured().fractured()),
        sum(cell -> cell.found().anomalies().fractured().watched()));
  }

  /** The longest time of a cell that was played; one that did not end is longer than any other. */
  private Optional<Reading> longest(Function<CellResult, Long> millis) {
    return cells.stream()
        .filter(cell -> cell.impact().inFlight() > 0)
        .map(cell -> reading(cell, millis.apply(cell)))
        .reduce((one, other) -> other.value() > one.value() ? other : one);
  }

  private static Reading reading(CellResult cell, Long millis) {
    return millis == null
        ? Reading.once(
            Double.POSITIVE_INFINITY, "no end within the time of a cell (" + name(cell) + ")")
        : Reading.once(millis, Text.seconds(millis) + " (" + name(cell) + ")");
  }

  /** The point of a cell, and the fault. */
  static String name(CellResult cell) {
    return "`%s`, %s".formatted(cell.played().point(), cell.played().fault());
  }
}

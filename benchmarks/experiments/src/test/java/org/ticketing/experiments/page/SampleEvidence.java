package org.ticketing.experiments.page;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.page.CountedCost.Cost;
import org.ticketing.experiments.publication.Evidence;

/**
 * Results to make pages from. The rounds, the crash matrix, and the history of a cell are parts of
 * real runs; sweeps, a run as shipped, and the last three cells are invented.
 */
final class SampleEvidence {

  private static final Evidence REAL = Evidence.read(resource("."));

  private SampleEvidence() {}

  /** With all that a page can show. */
  static Evidence everything() {
    Results rounds = REAL.comparison().orElseThrow();
    return evidence(
        Optional.of(with(rounds, new InventedSweeps(rounds).all())),
        Optional.of(rounds),
        REAL.crashes());
  }

  /** A report of everything. */
  static Report report() {
    return Report.of(
        everything(),
        List.of(
            new CountedCost("monolith", 200, new Cost(1, 0), new Cost(1, 0)),
            new CountedCost("uncoordinated", 200, new Cost(4, 2), new Cost(3, 2)),
            new CountedCost("xa", 200, new Cost(7.02, 6), new Cost(7, 6)),
            new CountedCost("tcc", 200, new Cost(19.5, 17), new Cost(10, 9)),
            new CountedCost("saga", 200, new Cost(14.2, 9), null)));
  }

  /** What {@code compare} has after a default run. */
  static Evidence roundsAlone() {
    return evidence(REAL.comparison(), Optional.empty(), Optional.empty());
  }

  /** What {@code compare --quick} has. */
  static Evidence quick() {
    return Evidence.of(List.of(resource("quick.json")));
  }

  static Evidence nothing() {
    return evidence(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Evidence evidence(
      Optional<Results> comparison, Optional<Results> asShipped, Optional<CrashResults> crashes) {
    return new Evidence(
        comparison,
        Optional.empty(),
        asShipped,
        List.of(),
        crashes,
        Optional.empty(),
        List.of(),
        List.of(),
        crashes.isPresent() ? REAL.examples() : List.of());
  }

  private static Results with(Results rounds, InventedSweeps.Sweeps invented) {
    return new Results(
        rounds.schemaVersion(),
        rounds.startedAt(),
        rounds.finishedAt(),
        rounds.environment(),
        rounds.settings(),
        rounds.unsafe(),
        rounds.notDurable(),
        rounds.yardstick(),
        rounds.systems(),
        invented.rates(),
        invented.sweeps(),
        rounds.played());
  }

  private static Path resource(String name) {
    try {
      return Path.of(SampleEvidence.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package org.ticketing.experiments.page;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.crash.CellResult;
import org.ticketing.experiments.crash.CellResult.Impact;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.crash.Findings;
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.experiments.crash.Findings.Audited;
import org.ticketing.experiments.crash.Told;
import org.ticketing.experiments.page.CountedCost.Cost;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.verification.FracturedReads;

/**
 * Results to make pages from. The rounds, the crash matrix, and the history of a cell are parts of
 * real runs; sweeps, broken cells, and a run as shipped are invented.
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
        REAL.crashes().map(SampleEvidence::withBrokenCells));
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

  private static CrashResults withBrokenCells(CrashResults results) {
    return new CrashResults(
        results.schemaVersion(),
        results.run(),
        Stream.concat(
                results.cells().stream(),
                Stream.of(
                    cell("xa", "decision-lost", "end of payment", null, 1, "violations"),
                    cell("uncoordinated", "use-answer-lost", "lose answers of point", null, 2),
                    cell("uncoordinated", "step-uncommitted", "kill point", 1400L, 0)))
            .toList(),
        results.randomFaults());
  }

  private static CellResult cell(
      String system,
      String point,
      String fault,
      Long cleanAfter,
      int violations,
      String... broken) {
    return new CellResult(
        new Played(system, point, "payment", fault, 1),
        true,
        new Impact(7, new Told(4, 2, 0, 1, Map.of("completed", 4)), 3100, 3300L),
        new Findings(
            cleanAfter,
            new Audited(violations, Map.of(), List.of(), Map.of()),
            new Answers(14, List.of()),
            new Anomalies(FracturedReads.NONE, 0),
            List.of(broken)));
  }

  private static Path resource(String name) {
    try {
      return Path.of(SampleEvidence.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

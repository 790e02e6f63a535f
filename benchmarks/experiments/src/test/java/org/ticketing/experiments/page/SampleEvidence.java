package org.ticketing.experiments.page;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.counts.Count;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.stack.system.ProtocolCost;
import org.ticketing.stack.system.ProtocolCost.Minimum;
import org.ticketing.stack.system.ProtocolCost.SerialPath;

/**
 * Results to make pages from. The rounds, the crash matrix, and the history of a cell are parts of
 * real runs; sweeps, counts, a run as shipped, and the last three cells are invented.
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
    return Report.of(everything());
  }

  private static List<Counts> counts() {
    return List.of(
        counts("monolith", new Minimum(1, 0), 1, 0),
        counts("uncoordinated", new Minimum(3, 2), 4, 2),
        counts("xa", new Minimum(7, 6), 7.02, 6),
        counts("tcc", new Minimum(10, 9), 19.5, 17),
        counts("saga", null, 14.2, 9));
  }

  private static Counts counts(String system, Minimum least, double forcedWrites, double calls) {
    Part part =
        new Part(
            200,
            List.of(
                new Count(Unit.FORCED_WRITE, "postgresql", "log", forcedWrites, 0, 0),
                new Count(Unit.CALL, "point", "POST /uses", calls, 0, 0)));
    return new Counts(
        system,
        least == null ? null : new ProtocolCost(least, new SerialPath(1, 1)),
        part,
        part,
        List.of());
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
        comparison.filter(one -> !one.levers().isEmpty()).stream().toList(),
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
        counts(),
        null,
        null,
        InventedLevers.all(),
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

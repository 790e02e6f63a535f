package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/**
 * What one system claims, what was done to it, and what was found.
 *
 * @param examples the smallest histories that show an anomaly
 */
record Finding(
    String name,
    String title,
    String claim,
    String asked,
    String faults,
    String result,
    List<Shown> examples) {

  /**
   * @param table the history as a table
   */
  record Shown(String title, String file, String table) {}

  /** Of every system that something was found of, in the order of tables. */
  static List<Finding> of(Evidence evidence) {
    return Systems.all().stream().flatMap(system -> of(evidence, system).stream()).toList();
  }

  private static Optional<Finding> of(Evidence evidence, SystemDescription system) {
    Optional<SystemResult> compared =
        evidence.comparison().stream()
            .flatMap(found -> found.systems().stream())
            .filter(one -> one.system().equals(system.name()))
            .findFirst();
    Optional<Crashes> crashes = Crashes.of(evidence, system.name());
    List<Shown> examples = examples(evidence, system.name());
    if (compared.isEmpty() && crashes.isEmpty() && examples.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            system.name(),
            system.title(),
            system.atomic()
                ? "Every payment happens wholly or not at all, also when processes and servers are killed."
                : "None. It shows what happens without one.",
            compared.map(Finding::asked).orElse("not compared"),
            crashes.map(Finding::faults).orElse("none were injected"),
            result(system, compared, crashes),
            examples));
  }

  private static String asked(SystemResult found) {
    return "%s payments in %d rounds and their parts"
        .formatted(
            Text.count(found.rounds().stream().mapToLong(round -> round.tally().asked()).sum()),
            found.rounds().stream().mapToInt(round -> round.number()).max().orElse(0));
  }

  private static String faults(Crashes crashes) {
    long points = crashes.cells().stream().map(cell -> cell.played().point()).distinct().count();
    int kills = crashes.randomFaults().stream().mapToInt(one -> one.kills().size()).sum();
    return "cells of the crash matrix: %d, at %d points of the protocol"
            .formatted(crashes.cells().size(), points)
        + (kills == 0 ? "" : "; kills at random moments: %d".formatted(kills));
  }

  private static String result(
      SystemDescription system, Optional<SystemResult> compared, Optional<Crashes> crashes) {
    List<String> found = new ArrayList<>();
    compared.map(Judged::of).ifPresent(judged -> found.add(without(judged)));
    crashes.ifPresent(one -> found.add(with(system, one)));
    return found.isEmpty() ? "not measured" : String.join(" ", found);
  }

  private static String without(Judged judged) {
    return "Without faults %s: %s violations where %s were expected, %s in doubt, %s contradictions."
        .formatted(
            judged.asExpected() ? "as claimed" : "**not as claimed**",
            Text.count(judged.violations()),
            Text.count(judged.expectedViolations()),
            Text.count(judged.inDoubt()),
            Text.count(judged.contradictions()));
  }

  private static String with(SystemDescription system, Crashes crashes) {
    long violations = crashes.sum(cell -> cell.found().audit().violations());
    return system.atomic()
        ? "With faults the promise was kept in %s of %s cells; violations: %s."
            .formatted(
                Text.count(crashes.kept()),
                Text.count(crashes.cells().size()),
                Text.count(violations))
        : "With faults, in %s cells: %s violations."
            .formatted(Text.count(crashes.cells().size()), Text.count(violations));
  }

  private static List<Shown> examples(Evidence evidence, String system) {
    return evidence.examples().stream()
        .filter(example -> example.history().system().equals(system))
        .flatMap(
            example ->
                Anomaly.shownIn(example.file()).stream()
                    .map(
                        anomaly ->
                            new Shown(anomaly.title(), example.file(), ExampleText.of(example))))
        .toList();
  }
}

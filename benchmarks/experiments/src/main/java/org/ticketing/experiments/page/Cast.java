package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.publication.Evidence;

/** All systems that the page is about, so that each looks the same in every chart. */
record Cast(List<String> systems) {

  static Cast of(Evidence evidence) {
    Set<String> systems = new LinkedHashSet<>();
    evidence.comparisons().forEach(comparison -> named(comparison).forEach(systems::add));
    Stream.concat(evidence.crashes().stream(), evidence.crashesAsShipped().stream())
        .forEach(crashes -> named(crashes).forEach(systems::add));
    return new Cast(new ArrayList<>(systems));
  }

  private static Stream<String> named(Results comparison) {
    return Stream.of(
            comparison.systems().stream().map(SystemResult::system),
            comparison.sweeps().stream()
                .flatMap(sweep -> sweep.steps().stream())
                .flatMap(step -> step.systems().stream())
                .map(SystemStep::system),
            comparison.counts().stream().map(Counts::system),
            comparison.levers().stream().map(LeveredSystem::system))
        .flatMap(Function.identity());
  }

  private static Stream<String> named(CrashResults crashes) {
    return crashes.cells().stream().map(cell -> cell.played().system());
  }

  /** The style of its colour and marker in all charts. */
  int style(String system) {
    return systems.indexOf(system);
  }
}

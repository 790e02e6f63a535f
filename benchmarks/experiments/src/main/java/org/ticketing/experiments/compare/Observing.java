package org.ticketing.experiments.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.ObservabilityCost.OfSystem;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Observability;
import org.ticketing.stack.system.SystemDescription;

/**
 * Rounds in which every system takes two turns: with everything on that observes it, and with
 * everything off. Traces are sent to a receiver that discards them, and metrics are read as
 * Prometheus does, while the system runs.
 */
final class Observing implements PartRun {

  /** What is put behind the name of a system that is started a second time to be observed. */
  private static final String OBSERVED = "observed";

  private final Sitting sitting;
  private final TraceSink traces;
  private final Scrapes scrapes;

  /**
   * @param sitting that systems have {@linkplain #enter entered}
   * @param traces to which they send
   * @param scrapes of those that are {@link #running}
   */
  Observing(Sitting sitting, TraceSink traces, Scrapes scrapes) {
    this.sitting = sitting;
    this.traces = traces;
    this.scrapes = scrapes;
  }

  /** Starts a system twice, and warms up both. */
  static void enter(SystemDescription system, Sitting sitting, TraceSink traces)
      throws InterruptedException, SQLException {
    sitting.enter(system, Observability.OFF);
    sitting.enter(system.copy(system.name() + OBSERVED), Observability.on(traces.url()));
  }

  /** The URLs of the processes that are observed and run at the moment. */
  static List<String> running(Sitting sitting) {
    return sitting.contestants().stream()
        .filter(contestant -> isObserved(contestant) && !contestant.pause().isBegun())
        .flatMap(contestant -> contestant.urls().stream())
        .toList();
  }

  private static boolean isObserved(Contestant contestant) {
    return contestant.name().endsWith(OBSERVED);
  }

  @Override
  public void play() throws InterruptedException, SQLException {
    sitting.playRounds(
        ComparisonPart.OBSERVABILITY,
        "observability, round",
        (contestant, number) -> {
          contestant.measure(number);
          scrapes.requireAnswered();
        });
  }

  /**
   * @throws IllegalStateException nothing was sent or read, so that its cost was not measured
   */
  @Override
  public PartResult found(PlayedPart played) {
    if (traces.exports() == 0 || scrapes.answered() == 0) {
      throw new IllegalStateException(
          "The systems sent traces %d times and showed their metrics %d times."
              .formatted(traces.exports(), scrapes.answered()));
    }
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    sitting.contestants().forEach(one -> contestants.put(one.name(), one));
    List<OfSystem> systems = new ArrayList<>();
    contestants.forEach(
        (name, off) -> {
          Contestant on = contestants.get(name + OBSERVED);
          if (on != null) {
            systems.add(OfSystem.of(name, on.rounds(), off.rounds(), on.isWarm() && off.isWarm()));
          }
        });
    return PartResult.ofObservability(
        played, new ObservabilityCost(traces.exports(), scrapes.answered(), systems));
  }
}

package org.ticketing.experiments.compare;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.workload.NotMeasuredException;

/**
 * Rounds in which every system is measured twice: with all on that observes it, and with that
 * switched off. It is switched while the processes run, because a system costs more or less from
 * start to start, by more than what observing costs.
 *
 * <p>Traces are sent to a receiver that discards them. Metrics are read as Prometheus does, while a
 * system runs that is observed.
 */
final class ObservingRounds implements PartRun, Closeable {

  private final Sitting sitting;
  private final TraceSink traces;
  private final Scrapes scrapes;

  /**
   * Begins to receive traces.
   *
   * @param token with which metrics are read
   */
  ObservingRounds(Sitting sitting, String token) throws IOException {
    this.sitting = sitting;
    this.traces = TraceSink.start();
    this.scrapes = new Scrapes(token);
  }

  /** Starts systems and warms them up, in either state, so that code is compiled for both. */
  void enter(List<SystemDescription> systems) throws InterruptedException, SQLException {
    for (SystemDescription system : systems) {
      sitting.enterAndRunIn(
          system,
          Switches.observed(traces.url()),
          (contestant, number) -> observe(contestant, number % 2 == 0));
      scrapes.read(List.of());
    }
  }

  private void observe(Contestant contestant, boolean on) {
    contestant.observe(on);
    scrapes.read(on ? contestant.urls() : List.of());
  }

  @Override
  public void play() throws InterruptedException, SQLException {
    sitting.playRounds(
        ComparisonPart.OBSERVABILITY, ComparisonPart.OBSERVABILITY + ", round", this::take);
  }

  /** The order alternates from round to round. */
  private void take(Contestant contestant, int number) throws InterruptedException, SQLException {
    boolean first = number % 2 == 0;
    for (boolean on : List.of(first, !first)) {
      observe(contestant, on);
      contestant.measureProcessorTime(half(number, on));
      scrapes.requireAnswered();
    }
    scrapes.read(List.of());
  }

  /** Its number among all halves: those with observing on have even numbers. */
  private static int half(int round, boolean on) {
    return 2 * round - (on ? 0 : 1);
  }

  private static List<Round> halves(List<Round> all, boolean on) {
    return all.stream().filter(one -> one.number() % 2 == (on ? 0 : 1)).toList();
  }

  /**
   * @throws NotMeasuredException nothing was sent or read, so that its cost was not measured
   */
  @Override
  public PartResult found(PlayedPart played) {
    if (traces.exports() == 0 || scrapes.answered() == 0) {
      throw new NotMeasuredException(
          "The systems sent traces %d times and showed their metrics %d times."
              .formatted(traces.exports(), scrapes.answered()));
    }
    List<SwitchedSystem> systems = new ArrayList<>();
    for (Contestant one : sitting.contestants()) {
      List<Round> all = one.rounds();
      SwitchedSystem cost =
          SwitchedSystem.of(one.name(), halves(all, true), halves(all, false), one.isWarm());
      systems.add(one.isWarm() ? cost : cost.withoutRatios());
    }
    return PartResult.ofObservability(
        played, new ObservabilityCost(traces.exports(), scrapes.answered(), systems));
  }

  @Override
  public void close() throws IOException {
    scrapes.close();
    traces.close();
  }
}

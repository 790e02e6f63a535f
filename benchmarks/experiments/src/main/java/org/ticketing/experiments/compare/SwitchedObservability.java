package org.ticketing.experiments.compare;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Switches;

/**
 * Everything that observes a system. Traces are sent to a receiver that discards them, and metrics
 * are read as Prometheus does, while the system runs.
 */
final class SwitchedObservability implements Switched {

  private static final String SUFFIX = "observed";

  private final TraceSink traces;
  private final Scrapes scrapes;

  private SwitchedObservability(TraceSink traces, Scrapes scrapes) {
    this.traces = traces;
    this.scrapes = scrapes;
  }

  /**
   * Begins to receive traces and to read metrics.
   *
   * @param token with which metrics are read
   */
  static SwitchedObservability start(Sitting sitting, String token) throws IOException {
    return new SwitchedObservability(
        TraceSink.start(), Scrapes.start(() -> running(sitting), token));
  }

  /** The URLs of the processes that are observed and run at the moment. */
  private static List<String> running(Sitting sitting) {
    return sitting.contestants().stream()
        .filter(one -> one.name().endsWith(SUFFIX) && !one.pause().isBegun())
        .flatMap(one -> one.urls().stream())
        .toList();
  }

  @Override
  public ComparisonPart part() {
    return ComparisonPart.OBSERVABILITY;
  }

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public Map<String, String> on() {
    return Switches.observed(traces.url());
  }

  @Override
  public void requireOn() {
    scrapes.requireAnswered();
  }

  @Override
  public PartResult found(PlayedPart played, List<Contestant> on, List<SwitchedSystem> systems) {
    if (traces.exports() == 0 || scrapes.answered() == 0) {
      throw new IllegalStateException(
          "The systems sent traces %d times and showed their metrics %d times."
              .formatted(traces.exports(), scrapes.answered()));
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

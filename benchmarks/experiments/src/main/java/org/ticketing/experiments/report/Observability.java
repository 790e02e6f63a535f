package org.ticketing.experiments.report;

import java.util.Map;

/**
 * The switch of everything that observes a system: its metrics, its traces, and what its log lines
 * carry of them. Where protocols are compared it is off.
 */
public final class Observability {

  /** Whether a process is observed at all. */
  private static final String SWITCH = "ticketing.observability.enabled";

  /** Where a process sends its traces; without it, it sends none. */
  private static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";

  /** The properties of a process that nobody observes. */
  public static final Map<String, String> OFF = Map.of(SWITCH, "false");

  private Observability() {}

  /**
   * The properties of a process that is observed, at the sampling that is the default.
   *
   * @param traces the URL to which traces are posted (OTLP over HTTP)
   */
  public static Map<String, String> on(String traces) {
    return Map.of(SWITCH, "true", TRACES, traces);
  }
}

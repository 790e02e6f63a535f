package org.ticketing.experiments.report;

import java.util.HashMap;
import java.util.Map;

/**
 * The switches of what the product has on, and what is off where protocols are compared: all that
 * observes a system (its metrics, its traces, and what its log lines carry of them), and the log of
 * transactions.
 */
public final class Switches {

  private static final String OBSERVABILITY = "ticketing.observability.enabled";
  private static final String TRACKING = "ticketing.tracking.enabled";

  /** Where a process sends its traces; without it, it sends none. */
  private static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";

  /** The properties of a process that does nothing but its work. */
  public static final Map<String, String> OFF = Map.of(OBSERVABILITY, "false", TRACKING, "false");

  private Switches() {}

  /**
   * The properties of a process that is observed, at the sampling that is the default.
   *
   * @param traces the URL to which traces are posted (OTLP over HTTP)
   */
  public static Map<String, String> observed(String traces) {
    return butOff(Map.of(OBSERVABILITY, "true", TRACES, traces));
  }

  /** The properties of a process that logs what happens in transactions. */
  public static Map<String, String> tracked() {
    return butOff(Map.of(TRACKING, "true"));
  }

  private static Map<String, String> butOff(Map<String, String> on) {
    Map<String, String> properties = new HashMap<>(OFF);
    properties.putAll(on);
    return Map.copyOf(properties);
  }
}

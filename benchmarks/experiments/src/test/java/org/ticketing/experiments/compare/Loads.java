package org.ticketing.experiments.compare;

import java.util.Map;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.LoadFigures.Late;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.workload.Tally.Answers;

/** Figures of loads of two hundred payments. */
final class Loads {

  private static final int PAYMENTS = 200;

  private Loads() {}

  /** All were completed. */
  static LoadFigures completed(long p50Millis, long p99Millis) {
    return figures(new Percentiles(PAYMENTS, p50Millis * 1000, 0, p99Millis * 1000, 0, 0), 0, 0);
  }

  /** Fast, but for those that were lost. */
  static LoadFigures lost(int failed, int unknown) {
    return figures(new Percentiles(PAYMENTS, 5000, 0, 20_000, 0, 0), failed, unknown);
  }

  /** Fast, but some could not be sent. */
  static LoadFigures notSent(int number) {
    return figures(new Percentiles(PAYMENTS - number, 5000, 0, 20_000, 0, 0), 0, 0);
  }

  private static LoadFigures figures(Percentiles latency, int failed, int unknown) {
    int sent = (int) latency.requests();
    return new LoadFigures(
        PAYMENTS,
        sent,
        PAYMENTS - sent,
        new Answers(
            sent - failed - unknown,
            Map.of(),
            Map.of("service-unavailable", failed),
            Map.of("outcome-unknown", unknown)),
        new Late(1000, 0, 0, 0),
        0,
        20,
        latency,
        Map.of(),
        latency,
        "");
  }
}

package org.ticketing.experiments.compare;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.experiments.load.LoadSettings;

/**
 * The steps of a sweep. Where nothing else is said, many wallets are paid from at the base rate,
 * nothing is refused, nobody reads, and services call each other directly.
 *
 * @param unit of the values; empty for shares and numbers
 */
record PlannedSweep(ComparisonPart part, String unit, List<PlannedStep> steps) {

  /** More than payments that are under way at the same time, so that hardly any two meet. */
  static final int MANY_WALLETS = 200;

  private static final double[] WALLETS = {1, 10, MANY_WALLETS};
  private static final double[] REFUSALS = {0, 0.05, 0.2};
  private static final double[] READERS = {0, 4};
  private static final double[] ROUND_TRIP_MILLIS = {0, 1, 5};

  /**
   * A value, and the load at it.
   *
   * @param readers how many watch
   */
  record PlannedStep(double value, LoadSettings load, int readers) {}

  static PlannedSweep of(ComparisonPart part, Rates rates, SweepSettings settings) {
    double base = rates.base();
    return switch (part) {
      case RATES ->
          sweep(
              part,
              "1/s",
              rates.steps().stream().mapToDouble(Double::doubleValue),
              rate -> settings.load(rate, MANY_WALLETS, 0, null));
      case WALLETS ->
          sweep(
              part,
              "",
              DoubleStream.of(WALLETS),
              wallets -> settings.load(base, (int) wallets, 0, null));
      case REFUSALS ->
          sweep(
              part,
              "",
              DoubleStream.of(REFUSALS),
              share -> settings.load(base, MANY_WALLETS, share, null));
      case READERS ->
          new PlannedSweep(
              part,
              "",
              DoubleStream.of(READERS)
                  .mapToObj(
                      readers ->
                          new PlannedStep(
                              readers, settings.load(base, MANY_WALLETS, 0, null), (int) readers))
                  .toList());
      case DISTANCE ->
          sweep(
              part,
              "ms",
              DoubleStream.of(ROUND_TRIP_MILLIS),
              millis ->
                  settings.load(base, MANY_WALLETS, 0, Duration.ofNanos((long) (millis * 1e6))));
      case ROUNDS, UPHEAVALS, COUNTS, OBSERVABILITY, TRACKING, LEVERS ->
          throw new IllegalArgumentException(part + " is no sweep");
    };
  }

  /** A value in tables and messages. */
  static String text(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static PlannedSweep sweep(
      ComparisonPart part, String unit, DoubleStream values, DoubleFunction<LoadSettings> load) {
    return new PlannedSweep(
        part,
        unit,
        values.mapToObj(value -> new PlannedStep(value, load.apply(value), 0)).toList());
  }
}

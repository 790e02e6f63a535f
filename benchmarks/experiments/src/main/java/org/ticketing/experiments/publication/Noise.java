package org.ticketing.experiments.publication;

import java.util.Optional;
import java.util.function.Function;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Yardstick;
import org.ticketing.experiments.compare.Sweep.SystemStep;

/**
 * What is known of how far two figures lie apart although the systems do not differ. The control is
 * the yardstick, started once more: how far its figures are from those of the yardstick is noise.
 */
enum Noise {
  /** The figures are counts, which repeat. */
  NONE {
    @Override
    double factor(Measure measure, Evidence evidence) {
      return 1;
    }
  },
  /** How far the control is from the yardstick in the same measure. */
  OF_CONTROL {
    @Override
    double factor(Measure measure, Evidence evidence) {
      return yardstick(evidence)
          .flatMap(
              pair ->
                  measure
                      .of(evidence, pair.control())
                      .flatMap(
                          control ->
                              measure
                                  .of(evidence, pair.system())
                                  .map(system -> apart(control.value(), system.value()))))
          .orElse(1.0);
    }
  },
  /** How far its p50 was at most from that of the yardstick, at any step that all sustained. */
  OF_STEPS_P50 {
    @Override
    double factor(Measure measure, Evidence evidence) {
      return furthest(evidence, Sweeps::p50);
    }
  },
  /** The same of its p99. A step has few repetitions, so that one may be near by chance. */
  OF_STEPS_P99 {
    @Override
    double factor(Measure measure, Evidence evidence) {
      return furthest(evidence, Sweeps::p99);
    }
  },
  /**
   * Each figure is the longest of times that were seen once, in cells that differ. Nothing shows
   * how far it would be from that of a second run; what is not twice as long is not taken for
   * longer.
   */
  OF_THE_LONGEST {
    @Override
    double factor(Measure measure, Evidence evidence) {
      return 2;
    }
  };

  /** The quotient that two figures have to exceed to be told apart; at least 1. */
  abstract double factor(Measure measure, Evidence evidence);

  /** Empty if there was no control. */
  private static Optional<Yardstick> yardstick(Evidence evidence) {
    return evidence
        .comparison()
        .map(Results::yardstick)
        .filter(yardstick -> yardstick.control() != null);
  }

  private static double furthest(
      Evidence evidence, Function<SystemStep, Optional<Reading>> figure) {
    return yardstick(evidence).stream()
        .flatMap(yardstick -> Sweeps.sustainedByAll(evidence, yardstick.control()))
        .flatMap(step -> figure.apply(step).stream())
        .mapToDouble(reading -> apart(reading.value(), 1))
        .max()
        .orElse(1);
  }

  /** Of figures that are 0, their ranges tell more. */
  private static double apart(double one, double other) {
    return one == 0 || other == 0 ? 1 : Math.max(one, other) / Math.min(one, other);
  }
}

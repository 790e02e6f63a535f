package org.ticketing.experiments.compare;

import java.util.List;
import java.util.OptionalDouble;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.LoadSettings;
import org.ticketing.experiments.report.Ratio;

/**
 * One thing varied, all else equal, under load at a fixed rate.
 *
 * @param part of the comparison, such as {@code rates}
 * @param varied what is, in words
 * @param unit of the values; empty for shares and numbers
 */
public record Sweep(String part, String varied, String unit, List<Step> steps) {

  /**
   * What was played at one value.
   *
   * @param systems without those that did not sustain a lower rate
   */
  public record Step(double value, LoadSettings settings, List<SystemStep> systems) {}

  /**
   * What one system did at a step. Its repetitions take turns with those of the other systems.
   *
   * @param warm whether it was warm
   * @param sustained whether it kept up with the rate, as {@link Knee} defines it
   * @param p50 to that of the yardstick in the same repetition; null if either was not warm or
   *     answered nothing
   * @param p99 likewise
   * @param seen by readers while it ran; null without readers
   */
  public record SystemStep(
      String system,
      boolean warm,
      boolean sustained,
      List<LoadFigures> repetitions,
      Ratio p50,
      Ratio p99,
      Sightings seen) {}

  /**
   * The knee of a system: the highest value of the sweep at which it kept up; empty if it never
   * did. It means something where rates are varied.
   */
  public OptionalDouble knee(String system) {
    return steps.stream()
        .filter(
            step ->
                step.systems().stream()
                    .anyMatch(one -> one.system().equals(system) && one.sustained()))
        .mapToDouble(Step::value)
        .max();
  }
}

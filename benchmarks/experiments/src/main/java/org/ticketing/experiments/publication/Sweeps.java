package org.ticketing.experiments.publication;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Sweep;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;

/** The sweeps that figures of the conclusions come from. */
enum Sweeps {
  RATES("rates"),
  WALLETS("wallets"),
  DISTANCE("distance");

  private final String part;

  Sweeps(String part) {
    this.part = part;
  }

  private Optional<Sweep> in(Evidence evidence) {
    return evidence.comparison().map(Results::sweeps).stream()
        .flatMap(List::stream)
        .filter(sweep -> sweep.part().equals(part))
        .findFirst();
  }

  /** The highest rate that the system sustained. */
  Optional<Reading> knee(Evidence evidence, String system) {
    return in(evidence).filter(sweep -> played(sweep, system)).map(sweep -> knee(sweep, system));
  }

  /** What the system did at the greatest value. */
  Optional<SystemStep> highest(Evidence evidence, String system) {
    return in(evidence).flatMap(sweep -> last(sweep, system, step -> true));
  }

  /** What it did at the smallest value. */
  Optional<SystemStep> lowest(Evidence evidence, String system) {
    return in(evidence)
        .flatMap(sweep -> sweep.steps().stream().min(Comparator.comparingDouble(Step::value)))
        .flatMap(step -> at(step, system));
  }

  /** What it did at the highest rate that every protocol sustained. */
  Optional<SystemStep> highestSustainedByAll(Evidence evidence, String system) {
    return in(evidence)
        .flatMap(sweep -> last(sweep, system, step -> isSustainedByAll(sweep, step)));
  }

  /** What the system did at every step of any sweep that every protocol sustained. */
  static Stream<SystemStep> sustainedByAll(Evidence evidence, String system) {
    return evidence.comparison().stream()
        .flatMap(found -> found.sweeps().stream())
        .flatMap(sweep -> sweep.steps().stream().filter(step -> isSustainedByAll(sweep, step)))
        .flatMap(step -> at(step, system).stream());
  }

  /** The highest rate that every protocol sustained. */
  static OptionalDouble highestSustainedByAll(Sweep sweep) {
    return sweep.steps().stream()
        .filter(step -> isSustainedByAll(sweep, step))
        .mapToDouble(Step::value)
        .max();
  }

  static Optional<Reading> p50(SystemStep step) {
    return Optional.ofNullable(step.p50()).map(Reading::of);
  }

  static Optional<Reading> p99(SystemStep step) {
    return Optional.ofNullable(step.p99()).map(Reading::of);
  }

  private static Reading knee(Sweep sweep, String system) {
    OptionalDouble knee = sweep.knee(system);
    return knee.isPresent()
        ? Reading.once(knee.getAsDouble(), Text.number(knee.getAsDouble()))
        : Reading.once(0, "none that was tried");
  }

  private static Optional<SystemStep> last(Sweep sweep, String system, Predicate<Step> fits) {
    return sweep.steps().stream()
        .filter(fits)
        .max(Comparator.comparingDouble(Step::value))
        .flatMap(step -> at(step, system));
  }

  private static Optional<SystemStep> at(Step step, String system) {
    return step.systems().stream().filter(one -> one.system().equals(system)).findFirst();
  }

  /** A system that did not sustain a lower rate is not played at this one. */
  private static boolean isSustainedByAll(Sweep sweep, Step step) {
    return sweep.steps().stream()
        .flatMap(one -> one.systems().stream())
        .map(SystemStep::system)
        .filter(Protocols::isOne)
        .allMatch(protocol -> at(step, protocol).filter(SystemStep::sustained).isPresent());
  }

  private static boolean played(Sweep sweep, String system) {
    return sweep.steps().stream().anyMatch(step -> at(step, system).isPresent());
  }
}

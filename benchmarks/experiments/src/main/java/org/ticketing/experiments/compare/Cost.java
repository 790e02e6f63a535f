package org.ticketing.experiments.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The processor time that payments took, by process, as the kernel accounts for it.
 *
 * @param payments over which it is divided: all that were asked for
 */
public record Cost(int payments, List<OfProcess> processes) {

  /** What a process is to the system. */
  public enum Kind {
    SERVICE,
    DATABASE,
    /** A server that coordinates payments, or carries their events. */
    COORDINATOR
  }

  /**
   * @param process such as {@code payment} or {@code postgresql}
   * @param millis a payment, while payments were made
   * @param afterwardsMillis a payment, by what follows it, which waited until all were made
   * @param compilersMillis the part of both that the compilers of its JVM took; null if unknown
   */
  public record OfProcess(
      String process, Kind kind, double millis, double afterwardsMillis, Double compilersMillis) {

    /** A share of it. */
    private OfProcess times(double share) {
      return new OfProcess(
          process,
          kind,
          share * millis,
          share * afterwardsMillis,
          compilersMillis == null ? null : share * compilersMillis);
    }

    private OfProcess plus(OfProcess other) {
      return new OfProcess(
          process,
          kind,
          millis + other.millis,
          afterwardsMillis + other.afterwardsMillis,
          compilersMillis == null || other.compilersMillis == null
              ? null
              : Double.valueOf(compilersMillis + other.compilersMillis));
    }
  }

  /** Of all service processes, in milliseconds a payment. */
  public double services() {
    return sum(isA(Kind.SERVICE), OfProcess::millis) + servicesAfterwards();
  }

  /** The part of it that was spent on what follows a payment. */
  public double servicesAfterwards() {
    return sum(isA(Kind.SERVICE), OfProcess::afterwardsMillis);
  }

  /**
   * The part of it that the compilers of the JVMs took, which a process that runs for long needs no
   * more; empty if it is not known.
   */
  public OptionalDouble compilers() {
    return processes.stream().filter(isA(Kind.SERVICE)).anyMatch(one -> one.compilersMillis == null)
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum(isA(Kind.SERVICE), OfProcess::compilersMillis));
  }

  /** {@link #services} without {@link #compilers}; empty if their part is not known. */
  public OptionalDouble servicesWithoutCompilers() {
    OptionalDouble compilers = compilers();
    return compilers.isPresent()
        ? OptionalDouble.of(services() - compilers.getAsDouble())
        : compilers;
  }

  /** Of all databases together. */
  public double databases() {
    return sum(isA(Kind.DATABASE), one -> one.millis() + one.afterwardsMillis());
  }

  /** Of the server that coordinates, or carries events, where there is one. */
  public double coordinator() {
    return sum(isA(Kind.COORDINATOR), one -> one.millis() + one.afterwardsMillis());
  }

  /** Whether a process of that kind was measured. */
  public boolean has(Kind kind) {
    return processes.stream().anyMatch(isA(kind));
  }

  /** Of several rounds together. */
  static Cost of(List<Cost> rounds) {
    int payments = rounds.stream().mapToInt(Cost::payments).sum();
    Map<String, OfProcess> processes = new LinkedHashMap<>();
    for (Cost round : rounds) {
      double share = (double) round.payments() / payments;
      for (OfProcess one : round.processes()) {
        processes.merge(one.process(), one.times(share), OfProcess::plus);
      }
    }
    return new Cost(payments, new ArrayList<>(processes.values()));
  }

  private double sum(Predicate<OfProcess> which, ToDoubleFunction<OfProcess> millis) {
    return processes.stream().filter(which).mapToDouble(millis).sum();
  }

  private static Predicate<OfProcess> isA(Kind kind) {
    return one -> one.kind() == kind;
  }
}

package org.ticketing.experiments.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    COORDINATOR
  }

  /**
   * @param process such as {@code payment} or {@code postgresql}
   * @param millis a payment, while payments were made
   * @param afterwardsMillis a payment, by what follows it, which waited until all were made
   */
  public record OfProcess(String process, Kind kind, double millis, double afterwardsMillis) {}

  /** Of all service processes, in milliseconds a payment. */
  public double services() {
    return sum(isA(Kind.SERVICE), OfProcess::millis) + servicesAfterwards();
  }

  /** The part of it that was spent on what follows a payment. */
  public double servicesAfterwards() {
    return sum(isA(Kind.SERVICE), OfProcess::afterwardsMillis);
  }

  /** Of all databases together. */
  public double databases() {
    return sum(isA(Kind.DATABASE), one -> one.millis() + one.afterwardsMillis());
  }

  /** Of the server that coordinates, where there is one. */
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
        processes.merge(
            one.process(),
            new OfProcess(
                one.process(), one.kind(), share * one.millis(), share * one.afterwardsMillis()),
            (all, more) ->
                new OfProcess(
                    all.process(),
                    all.kind(),
                    all.millis() + more.millis(),
                    all.afterwardsMillis() + more.afterwardsMillis()));
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

package org.ticketing.experiments.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Tally;

/**
 * A system with something on, to itself with everything off in the same round: ratios of on to off.
 *
 * @param offMillis processor time of all service processes for a payment, with everything off
 * @param services of that processor time; this and all other ratios are null {@linkplain
 *     #withoutRatios without ratios}
 * @param withoutCompilers of that processor time without what the compilers of the JVMs took; null
 *     if that is not known
 * @param all of the processor time of services, databases, and the server that coordinates
 * @param throughput of many clients; null if the system was not warm in both turns, or a round had
 *     no completed payment
 * @param p50 of one client; null as throughput
 */
public record SwitchedSystem(
    String system,
    double offMillis,
    Ratio services,
    Ratio withoutCompilers,
    Ratio all,
    Ratio throughput,
    Ratio p50) {

  /**
   * @param on the rounds with everything on
   * @param off the same rounds with everything off
   * @param warm whether the system was warm in both
   */
  static SwitchedSystem of(String system, List<Round> on, List<Round> off, boolean warm) {
    return new SwitchedSystem(
        system,
        Cost.of(costs(off)).services(),
        ratio(on, off, Cost::services),
        withoutCompilers(on, off),
        ratio(on, off, cost -> cost.services() + cost.databases() + cost.coordinator()),
        warm ? Rounds.ratio(on, off, Part.CAPACITY, Tally::throughput) : null,
        warm ? Rounds.ratio(on, off, Part.LATENCY, Rounds::p50) : null);
  }

  /** For a system that was still becoming warm, in which what comes second costs less. */
  SwitchedSystem withoutRatios() {
    return new SwitchedSystem(system, offMillis, null, null, null, null, null);
  }

  private static Ratio withoutCompilers(List<Round> on, List<Round> off) {
    return Stream.of(on, off)
            .flatMap(rounds -> costs(rounds).stream())
            .allMatch(cost -> cost.servicesWithoutCompilers().isPresent())
        ? ratio(on, off, cost -> cost.servicesWithoutCompilers().getAsDouble())
        : null;
  }

  private static Ratio ratio(List<Round> on, List<Round> off, ToDoubleFunction<Cost> millis) {
    List<Cost> dividends = costs(on);
    List<Cost> divisors = costs(off);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < dividends.size(); round++) {
      ratios.add(
          millis.applyAsDouble(dividends.get(round)) / millis.applyAsDouble(divisors.get(round)));
    }
    return Ratio.of(ratios);
  }

  private static List<Cost> costs(List<Round> rounds) {
    return rounds.stream().map(Round::cost).filter(Objects::nonNull).toList();
  }
}

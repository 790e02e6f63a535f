package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.ticketing.experiments.compare.Cost;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.report.Ratio;

/** Ratios that a comparison has not taken itself, from the figures of its rounds. */
final class Rounds {

  private final Results results;

  private Rounds(Results results) {
    this.results = results;
  }

  static Rounds of(Results results) {
    return new Rounds(results);
  }

  /**
   * Of all services and servers, to that of the yardstick in the same round; without the compilers
   * of the JVMs, where their part is known.
   */
  Optional<Ratio> processorTime(String system) {
    return ratio(
        system,
        results.yardstick().system(),
        Part.ACCOUNTING,
        round -> round.cost() == null ? 0 : total(round.cost()));
  }

  /** Of all clients, to that of another system in the same round. */
  Optional<Ratio> throughput(String system, String to) {
    return ratio(system, to, Part.CAPACITY, round -> round.tally().throughput());
  }

  /** Without the compilers of the JVMs, where their part is known. */
  private static double total(Cost cost) {
    return cost.servicesWithoutCompilers().orElse(cost.services())
        + cost.databases()
        + cost.coordinator();
  }

  private Optional<Ratio> ratio(
      String system, String to, Part part, ToDoubleFunction<Round> figure) {
    Map<Integer, Double> ours = byNumber(system, part, figure);
    Map<Integer, Double> theirs = byNumber(to, part, figure);
    List<Double> ratios = new ArrayList<>();
    ours.forEach(
        (number, value) -> {
          double other = theirs.getOrDefault(number, 0.0);
          if (value > 0 && other > 0) {
            ratios.add(value / other);
          }
        });
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
  }

  private Map<Integer, Double> byNumber(String system, Part part, ToDoubleFunction<Round> figure) {
    Map<Integer, Double> figures = new TreeMap<>();
    results.systems().stream()
        .filter(one -> one.system().equals(system) && one.warmUp().flat())
        .flatMap(one -> one.rounds().stream())
        .filter(round -> round.part() == part)
        .forEach(round -> figures.put(round.number(), figure.applyAsDouble(round)));
    return figures;
  }
}

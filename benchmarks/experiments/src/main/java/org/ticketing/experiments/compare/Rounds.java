package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.workload.Tally;

/**
 * Rounds of the same workload in a closed loop. Every round visits each system once, in an order
 * that rotates, so that what disturbs the machine disturbs all of them. Figures are compared only
 * within a round.
 */
final class Rounds implements PartRun {

  private final Sitting sitting;
  private final Settings settings;
  private final Path folder;
  private long lookupP50Micros;
  private long forcedWriteP50Micros;

  /**
   * @param folder on the file system of the databases
   */
  Rounds(Sitting sitting, Settings settings, Path folder) {
    this.sitting = sitting;
    this.settings = settings;
    this.folder = folder;
  }

  /** Plays all rounds, and measures what the floor is made of. */
  @Override
  public void play() throws InterruptedException, IOException, SQLException {
    sitting.playRounds(ComparisonPart.ROUNDS, "round", Contestant::measure);
    if (settings.latency()) {
      sitting.giveMachineTo(sitting.yardstick());
      lookupP50Micros = sitting.yardstick().lookupP50Micros();
      forcedWriteP50Micros = Floor.forcedWriteP50Micros(folder);
    }
  }

  @Override
  public PartResult found(PlayedPart part) {
    Map<Contestant, List<Round>> rounds = new LinkedHashMap<>();
    sitting.contestants().forEach(one -> rounds.put(one, one.rounds()));
    List<Round> reference = rounds.get(sitting.yardstick());
    List<SystemResult> systems = new ArrayList<>();
    rounds.forEach(
        (contestant, own) ->
            systems.add(
                new SystemResult(
                    contestant.name(),
                    contestant.warmedUp(),
                    own,
                    Cost.of(own.stream().map(Round::cost).filter(Objects::nonNull).toList()),
                    isComparable(contestant) ? ratios(own, reference) : null,
                    contestant.isWarm() ? tail(own) : null,
                    part.systems().get(systems.size()).judgement(),
                    contestant.judge().seen())));
    return PartResult.ofRounds(part, systems, split(rounds), floor(rounds));
  }

  private boolean isComparable(Contestant contestant) {
    return contestant.isWarm() && sitting.yardstick().isWarm();
  }

  /** What it costs to be split: the yardstick's latency to that of the one process. */
  private Ratio split(Map<Contestant, List<Round>> rounds) {
    return rounds.keySet().stream()
        .filter(contestant -> contestant.system().isOneProcess())
        .filter(this::isComparable)
        .findFirst()
        .map(
            whole ->
                ratio(
                    rounds.get(sitting.yardstick()), rounds.get(whole), Part.LATENCY, Rounds::p50))
        .orElse(null);
  }

  private Floor floor(Map<Contestant, List<Round>> rounds) {
    return sitting.yardstick().isWarm()
        ? new Floor(
            lookupP50Micros,
            forcedWriteP50Micros,
            rounds.keySet().stream()
                .filter(one -> one.isWarm() && one.system().cost() != null)
                .map(
                    one ->
                        Floor.OfSystem.of(
                            one.system(),
                            lookupP50Micros,
                            forcedWriteP50Micros,
                            medianP50Micros(rounds.get(one))))
                .toList())
        : null;
  }

  private static double medianP50Micros(List<Round> rounds) {
    return Ratio.median(tallies(rounds, Part.LATENCY).stream().mapToDouble(Rounds::p50).toArray());
  }

  private static Ratios ratios(List<Round> own, List<Round> reference) {
    return new Ratios(
        ratio(own, reference, Part.CAPACITY, Tally::throughput),
        ratio(own, reference, Part.LATENCY, Rounds::p50),
        ratio(own, reference, Part.LATENCY, tally -> tally.latency().p95Micros()),
        ratio(own, reference, Part.LATENCY, Rounds::p99));
  }

  /** Null when a round of either has no completed payment to compare. */
  static Ratio ratio(
      List<Round> own, List<Round> reference, Part part, ToDoubleFunction<Tally> figure) {
    return ratio(tallies(own, part), figure, tallies(reference, part), figure);
  }

  /** Null when a round has no completed payment. */
  private static Ratio tail(List<Round> rounds) {
    List<Tally> latency = tallies(rounds, Part.LATENCY);
    return ratio(latency, tally -> tally.latency().p95Micros(), latency, Rounds::p50);
  }

  private static Ratio ratio(
      List<Tally> dividends,
      ToDoubleFunction<Tally> dividend,
      List<Tally> divisors,
      ToDoubleFunction<Tally> divisor) {
    if (Stream.of(dividends, divisors)
        .flatMap(List::stream)
        .anyMatch(tally -> tally.answers().completed() == 0)) {
      return null;
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < dividends.size(); round++) {
      ratios.add(
          dividend.applyAsDouble(dividends.get(round))
              / divisor.applyAsDouble(divisors.get(round)));
    }
    return Ratio.of(ratios);
  }

  static double p50(Tally tally) {
    return tally.latency().p50Micros();
  }

  /**
   * The p50 until a payment was accepted, to that of the reference until its end. Null when a round
   * of either has no completed payment, or clients waited for the answer to their request.
   */
  static Ratio acceptance(List<Round> own, List<Round> reference) {
    List<Tally> accepted = tallies(own, Part.LATENCY);
    return accepted.stream().anyMatch(tally -> tally.accepted() == null)
        ? null
        : ratio(
            accepted,
            tally -> tally.accepted().p50Micros(),
            tallies(reference, Part.LATENCY),
            Rounds::p50);
  }

  static double p99(Tally tally) {
    return tally.latency().p99Micros();
  }

  private static List<Tally> tallies(List<Round> rounds, Part part) {
    return rounds.stream().filter(round -> round.part() == part).map(Round::tally).toList();
  }
}

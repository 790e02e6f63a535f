package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.counts.AccessLogs;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.workload.Departures;
import org.ticketing.workload.PaymentWay;
import org.ticketing.workload.Tally;

/**
 * Rounds of one system, which takes a turn with each lever and one with none. After each turn,
 * which is like that of every other part, calls are counted, and customers withdraw while others
 * pay.
 */
final class LeverRounds {

  private final Sitting sitting;
  private final SystemDescription system;
  private final Path folder;
  private final Map<String, Aside> asides = new HashMap<>();

  /** What was found of a contestant beside its turns. */
  private static final class Aside {

    private final AccessLogs logs;
    private final List<Double> calls = new ArrayList<>();
    private Departures departures = Departures.NONE;

    private Aside(AccessLogs logs) {
      this.logs = logs;
    }
  }

  private LeverRounds(Sitting sitting, SystemDescription system, Path folder) {
    this.sitting = sitting;
    this.system = system;
    this.folder = folder;
  }

  /**
   * Starts a system with none, and with each lever, and warms up all of them.
   *
   * @param folder for the logs of their requests
   */
  static LeverRounds enter(SystemDescription system, Sitting sitting, Path folder)
      throws InterruptedException, IOException, SQLException {
    LeverRounds rounds = new LeverRounds(sitting, system, folder);
    rounds.enter(system, Lever.NONE, PaymentWay.SYNCHRONOUS);
    for (Lever lever : Lever.values()) {
      rounds.enter(system.copy(system.name() + lever.suffix()), lever.properties(), lever.way());
    }
    return rounds;
  }

  private void enter(SystemDescription copy, Map<String, String> levers, PaymentWay way)
      throws InterruptedException, IOException, SQLException {
    AccessLogs logs =
        new AccessLogs(Files.createDirectories(folder.resolve("requests-" + copy.name())));
    Map<String, String> properties = new LinkedHashMap<>(Switches.OFF);
    properties.putAll(levers);
    properties.putAll(logs.properties());
    asides.put(copy.name(), new Aside(logs));
    sitting.enter(copy, properties, way);
  }

  void play() throws InterruptedException, SQLException {
    sitting.playRounds(
        ComparisonPart.LEVERS, "levers of %s, round".formatted(system.name()), this::take);
  }

  private void take(Contestant contestant, int number) throws InterruptedException, SQLException {
    contestant.measure(number);
    Aside aside = asides.get(contestant.name());
    aside.calls.add(contestant.callsOfAPayment(number, aside.logs));
    aside.departures = aside.departures.plus(contestant.depart(number));
  }

  /** To be called after the audit. */
  LeveredSystem found() {
    Map<String, Contestant> contestants = new HashMap<>();
    sitting.contestants().forEach(one -> contestants.put(one.name(), one));
    Contestant none = contestants.get(system.name());
    List<Pulled> levers = new ArrayList<>();
    for (Lever lever : Lever.values()) {
      levers.add(pulled(lever, contestants.get(system.name() + lever.suffix()), none));
    }
    return new LeveredSystem(system.name(), unlevered(none), levers);
  }

  private Unlevered unlevered(Contestant none) {
    List<Round> rounds = none.rounds();
    return new Unlevered(
        Cost.of(rounds.stream().map(Round::cost).filter(cost -> cost != null).toList()).services(),
        none.isWarm()
            ? new Speed(
                median(rounds, Part.CAPACITY, Tally::throughput),
                median(rounds, Part.LATENCY, Rounds::p50) / 1e3,
                median(rounds, Part.LATENCY, Rounds::p99) / 1e3)
            : null,
        consequences(none));
  }

  private Pulled pulled(Lever lever, Contestant on, Contestant none) {
    List<Round> pulled = on.rounds();
    List<Round> unlevered = none.rounds();
    boolean warm = on.isWarm() && none.isWarm();
    SwitchedSystem switched = SwitchedSystem.of(system.name(), pulled, unlevered, warm);
    return new Pulled(
        lever.toString(),
        lever.what(),
        switched.services(),
        switched.withoutCompilers(),
        switched.throughput(),
        switched.p50(),
        warm ? Rounds.ratio(pulled, unlevered, Part.LATENCY, Rounds::p99) : null,
        warm ? Rounds.acceptance(pulled, unlevered) : null,
        consequences(on));
  }

  private Consequences consequences(Contestant contestant) {
    Aside aside = asides.get(contestant.name());
    return new Consequences(
        median(aside.calls),
        median(contestant.toldMillis()),
        contestant.judge().seen().fracturedReads(),
        aside.departures);
  }

  private static double median(List<Round> rounds, Part part, ToDoubleFunction<Tally> figure) {
    return median(
        rounds.stream()
            .filter(round -> round.part() == part)
            .map(round -> figure.applyAsDouble(round.tally()))
            .toList());
  }

  private static double median(List<Double> values) {
    return Ratio.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}

package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Results.Yardstick;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.Tally;

/**
 * Plays rounds of the same workload on all systems. Each system is started, warmed up, and later
 * measured while the processes of the others are paused. Every round visits each system once, in an
 * order that rotates, so that what disturbs the machine disturbs all of them. Figures are compared
 * only within a round.
 */
public final class Comparison {

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final int EXAMPLES = 5;

  private final LocalStack stack;
  private final Path home;
  private final Settings settings;
  private final ProgressListener progress;
  private final List<SystemDescription> systems;
  private final SystemDescription yardstick;
  private final Map<SystemDescription, Contestant> contestants = new LinkedHashMap<>();
  private long lookupP50Micros;
  private long forcedWriteP50Micros;

  /**
   * @param home the root of the repository
   * @param systems to compare; the yardstick is one of them
   */
  public Comparison(
      LocalStack stack,
      Path home,
      List<SystemDescription> systems,
      Settings settings,
      ProgressListener progress) {
    this.stack = stack;
    this.systems = systems;
    this.yardstick = Systems.yardstick(systems);
    this.home = home;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Starts the systems on the running servers, warms them up, plays all rounds, and audits. The
   * history of each system is left in the directory of the run.
   *
   * @throws IllegalStateException if what follows payments does not come to an end
   */
  public Results run() throws InterruptedException, IOException, SQLException {
    Instant startedAt = Instant.now();
    Environment environment = Surroundings.environment(stack, home, systems);
    try {
      for (SystemDescription system : systems) {
        enter(system);
      }
      play();
      List<SystemResult> results = judge();
      return new Results(
          Results.SCHEMA_VERSION,
          startedAt,
          Instant.now(),
          environment,
          settings,
          false,
          List.of(),
          new Yardstick(
              yardstick.name(),
              null,
              oneProcess().map(SystemDescription::name).orElse(null),
              split(results),
              floor(results)),
          results,
          null,
          List.of(),
          List.of());
    } finally {
      contestants.values().forEach(Contestant::close);
    }
  }

  /** Starts a system, alone on the machine, and warms it up. */
  private void enter(SystemDescription system) throws InterruptedException, SQLException {
    giveMachineTo(system);
    TicketingSystem started =
        stack.start(system, SystemOptions.NONE.withProperties(BoxOffice.SETTING));
    Contestant contestant = new Contestant(started, new Meter(stack, started), settings);
    contestants.put(system, contestant);
    progress.accept("warming up " + system.name());
    contestant.warmUp();
    WarmUp warmUp = contestant.warmedUp();
    if (settings.latency()) {
      progress.accept(
          "%s %s after %d payments"
              .formatted(
                  system.name(), warmUp.flat() ? "is warm" : "is NOT warm", warmUp.payments()));
    }
  }

  private void play() throws InterruptedException, IOException, SQLException {
    int turns = settings.measuredRounds() * contestants.size();
    int turn = 0;
    for (int number = 1; number <= settings.measuredRounds(); number++) {
      List<Contestant> order = new ArrayList<>(contestants.values());
      Collections.rotate(order, number);
      for (Contestant contestant : order) {
        progress.step(
            turn++,
            turns,
            "round %d of %d: %s"
                .formatted(number, settings.measuredRounds(), contestant.system().name()));
        giveMachineTo(contestant.system());
        contestant.measure(number);
      }
    }
    progress.step(turns, turns, "all rounds were played");
    if (settings.latency()) {
      giveMachineTo(yardstick);
      lookupP50Micros = contestants.get(yardstick).lookupP50Micros();
      forcedWriteP50Micros = Floor.forcedWriteP50Micros(stack.directory());
    }
  }

  /** Pauses all other systems, and the coordinators that this one does not use. */
  private void giveMachineTo(SystemDescription system) throws InterruptedException {
    for (Contestant contestant : contestants.values()) {
      if (contestant.system() != system) {
        contestant.pause();
      }
    }
    for (Server server : stack.servers()) {
      if (server.kind() == Server.Kind.COORDINATOR) {
        if (system.allServers().contains(server.name())) {
          server.process().resume();
        } else {
          server.process().pause();
        }
      }
    }
    if (contestants.containsKey(system)) {
      contestants.get(system).resume();
    }
  }

  private List<SystemResult> judge() throws InterruptedException, IOException {
    List<SystemResult> results = new ArrayList<>();
    Map<SystemDescription, Promise> promises = new HashMap<>();
    Map<SystemDescription, List<Round>> rounds = new HashMap<>();
    for (Contestant contestant : contestants.values()) {
      progress.accept("auditing " + contestant.system().name());
      giveMachineTo(contestant.system());
      promises.put(contestant.system(), promise(contestant));
      rounds.put(contestant.system(), contestant.rounds());
      contestant.writeHistory(stack.directory());
    }
    List<Round> reference = rounds.get(yardstick);
    for (Contestant contestant : contestants.values()) {
      SystemDescription system = contestant.system();
      List<Round> own = rounds.get(system);
      boolean warm = isWarm(system);
      results.add(
          new SystemResult(
              system.name(),
              contestant.warmedUp(),
              own,
              Cost.of(own.stream().map(Round::cost).filter(Objects::nonNull).toList()),
              warm && isWarm(yardstick) ? ratios(own, reference) : null,
              warm ? tail(own) : null,
              promises.get(system),
              contestant.seen()));
    }
    return results;
  }

  private boolean isWarm(SystemDescription system) {
    return contestants.get(system).warmedUp().flat();
  }

  /** What it costs to be split: the yardstick's latency to that of the one process. */
  private Ratio split(List<SystemResult> results) {
    return oneProcess()
        .filter(whole -> isWarm(whole) && isWarm(yardstick))
        .map(
            whole ->
                ratio(
                    result(results, yardstick).rounds(),
                    result(results, whole).rounds(),
                    Part.LATENCY,
                    Comparison::p50))
        .orElse(null);
  }

  private Optional<SystemDescription> oneProcess() {
    return systems.stream().filter(SystemDescription::isOneProcess).findFirst();
  }

  private Floor floor(List<SystemResult> results) {
    return isWarm(yardstick)
        ? Floor.of(
            lookupP50Micros,
            forcedWriteP50Micros,
            Ratio.median(
                tallies(result(results, yardstick).rounds(), Part.LATENCY).stream()
                    .mapToDouble(Comparison::p50)
                    .toArray()))
        : null;
  }

  private static SystemResult result(List<SystemResult> results, SystemDescription system) {
    return results.stream()
        .filter(result -> result.system().equals(system.name()))
        .findFirst()
        .orElseThrow();
  }

  private static Promise promise(Contestant contestant) throws InterruptedException {
    AuditReport report = contestant.audit(contestant.system().atomic() ? SETTLING : Duration.ZERO);
    Map<String, Long> kinds = new LinkedHashMap<>();
    report.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    List<String> contradictions = contestant.contradictions();
    return new Promise(
        report.violatedSubjects() == contestant.expectedViolations()
            && report.inDoubt().isEmpty()
            && contradictions.isEmpty(),
        contestant.expectedViolations(),
        report.violatedSubjects(),
        kinds,
        contradictions.size(),
        Stream.concat(
                report.violations().stream()
                    .limit(EXAMPLES)
                    .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail())),
                contradictions.stream().limit(EXAMPLES))
            .toList(),
        report.inDoubt());
  }

  private static Ratios ratios(List<Round> own, List<Round> reference) {
    return new Ratios(
        ratio(own, reference, Part.CAPACITY, Tally::throughput),
        ratio(own, reference, Part.LATENCY, Comparison::p50),
        ratio(own, reference, Part.LATENCY, tally -> tally.latency().p95Micros()),
        ratio(own, reference, Part.LATENCY, tally -> tally.latency().p99Micros()));
  }

  /** Null when a round of either has no completed payment to compare. */
  private static Ratio ratio(
      List<Round> own, List<Round> reference, Part part, ToDoubleFunction<Tally> figure) {
    return ratio(tallies(own, part), figure, tallies(reference, part), figure);
  }

  /** Null when a round has no completed payment. */
  private static Ratio tail(List<Round> rounds) {
    List<Tally> latency = tallies(rounds, Part.LATENCY);
    return ratio(latency, tally -> tally.latency().p95Micros(), latency, Comparison::p50);
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

  private static double p50(Tally tally) {
    return tally.latency().p50Micros();
  }

  private static List<Tally> tallies(List<Round> rounds, Part part) {
    return rounds.stream().filter(round -> round.part() == part).map(Round::tally).toList();
  }
}

package org.ticketing.experiments.compare;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Promise;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.Server;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;
import org.ticketing.verification.audit.AuditReport;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.Tally;

/**
 * Plays rounds of the same workload on all five systems. Each is started and warmed up, and later
 * measured, while the processes of the others are paused. Every round visits each system once, in
 * an order that rotates, so that what disturbs the machine disturbs all of them; figures are
 * compared within a round only.
 */
public final class Comparison {

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final int EXAMPLES = 5;

  private final LocalStack stack;
  private final StackOptions options;
  private final Settings settings;
  private final Consumer<String> progress;
  private final Map<Variant, Contestant> contestants = new EnumMap<>(Variant.class);
  private long lookupP50Micros;
  private long forcedWriteP50Micros;

  public Comparison(
      LocalStack stack, StackOptions options, Settings settings, Consumer<String> progress) {
    this.stack = stack;
    this.options = options;
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
    Project project = Surroundings.project(options.home());
    try {
      for (Variant variant : Variant.values()) {
        enter(variant);
      }
      play();
      List<SystemResult> systems = judge();
      return new Results(
          Results.SCHEMA_VERSION,
          startedAt,
          Instant.now(),
          project,
          Surroundings.machine(stack),
          Surroundings.versions(options.home()),
          Surroundings.durability(stack),
          settings,
          split(systems),
          floor(systems),
          systems);
    } finally {
      contestants.values().forEach(Contestant::close);
    }
  }

  /** Starts a system, alone on the machine, and warms it up. */
  private void enter(Variant variant) throws InterruptedException, SQLException {
    giveMachineTo(variant);
    TicketingSystem system = stack.start(variant, BoxOffice.SETTING);
    Contestant contestant = new Contestant(system, new Meter(stack, system), settings);
    contestants.put(variant, contestant);
    progress.accept("warming up " + variant.id());
    contestant.warmUp();
    WarmUp warmUp = contestant.warmedUp();
    if (settings.latency()) {
      progress.accept(
          "%s %s after %d payments"
              .formatted(
                  variant.id(), warmUp.flat() ? "is warm" : "is NOT warm", warmUp.payments()));
    }
  }

  private void play() throws InterruptedException, IOException, SQLException {
    long began = System.nanoTime();
    int turns = settings.measuredRounds() * contestants.size();
    int turn = 0;
    for (int number = 1; number <= settings.measuredRounds(); number++) {
      List<Contestant> order = new ArrayList<>(contestants.values());
      Collections.rotate(order, number);
      for (Contestant contestant : order) {
        progress.accept(
            "round %d of %d: %s%s"
                .formatted(
                    number,
                    settings.measuredRounds(),
                    contestant.variant().id(),
                    timeLeft(turn, turns, System.nanoTime() - began)));
        giveMachineTo(contestant.variant());
        contestant.measure(number);
        turn++;
      }
    }
    if (settings.latency()) {
      Contestant uncoordinated = contestants.get(Variant.UNCOORDINATED);
      giveMachineTo(Variant.UNCOORDINATED);
      lookupP50Micros = uncoordinated.lookupP50Micros();
      forcedWriteP50Micros = Floor.forcedWriteP50Micros(stack.directory());
    }
  }

  private static String timeLeft(int turn, int turns, long nanos) {
    return turn == 0
        ? ""
        : ", %d s left".formatted(Duration.ofNanos(nanos / turn * (turns - turn)).toSeconds());
  }

  /** All other systems are paused, and so is Seata's server where this one has no use for it. */
  private void giveMachineTo(Variant variant) throws InterruptedException {
    for (Contestant contestant : contestants.values()) {
      if (contestant.variant() != variant) {
        contestant.pause();
      }
    }
    if (variant.servers().contains(Server.SEATA)) {
      stack.seata().process().resume();
    } else {
      stack.seata().process().pause();
    }
    if (contestants.containsKey(variant)) {
      contestants.get(variant).resume();
    }
  }

  private List<SystemResult> judge() throws InterruptedException, IOException {
    List<SystemResult> systems = new ArrayList<>();
    Map<Variant, Promise> promises = new EnumMap<>(Variant.class);
    Map<Variant, List<Round>> rounds = new EnumMap<>(Variant.class);
    for (Contestant contestant : contestants.values()) {
      progress.accept("auditing " + contestant.variant().id());
      giveMachineTo(contestant.variant());
      promises.put(contestant.variant(), promise(contestant));
      rounds.put(contestant.variant(), contestant.rounds());
      contestant.writeHistory(stack.directory());
    }
    List<Round> reference = rounds.get(Variant.UNCOORDINATED);
    for (Contestant contestant : contestants.values()) {
      Variant variant = contestant.variant();
      List<Round> own = rounds.get(variant);
      boolean warm = isWarm(variant);
      systems.add(
          new SystemResult(
              variant.id(),
              contestant.warmedUp(),
              own,
              Cost.of(own.stream().map(Round::cost).filter(Objects::nonNull).toList()),
              warm && isWarm(Variant.UNCOORDINATED) ? ratios(own, reference) : null,
              warm ? tail(own) : null,
              promises.get(variant),
              contestant.seen()));
    }
    return systems;
  }

  private boolean isWarm(Variant variant) {
    return contestants.get(variant).warmedUp().flat();
  }

  /** The ratio of monolith to uncoordinated, the other way round. */
  private Ratio split(List<SystemResult> systems) {
    return isWarm(Variant.MONOLITH) && isWarm(Variant.UNCOORDINATED)
        ? ratio(
            result(systems, Variant.UNCOORDINATED).rounds(),
            result(systems, Variant.MONOLITH).rounds(),
            Part.LATENCY,
            Tally::p50Micros)
        : null;
  }

  private Floor floor(List<SystemResult> systems) {
    return isWarm(Variant.UNCOORDINATED)
        ? Floor.of(
            lookupP50Micros,
            forcedWriteP50Micros,
            Ratio.median(
                tallies(result(systems, Variant.UNCOORDINATED).rounds(), Part.LATENCY).stream()
                    .mapToDouble(Tally::p50Micros)
                    .toArray()))
        : null;
  }

  private static SystemResult result(List<SystemResult> systems, Variant variant) {
    return systems.stream()
        .filter(system -> system.system().equals(variant.id()))
        .findFirst()
        .orElseThrow();
  }

  private static Promise promise(Contestant contestant) throws InterruptedException {
    boolean settles = contestant.variant() != Variant.UNCOORDINATED;
    AuditReport report = contestant.audit(settles ? SETTLING : Duration.ZERO);
    Map<String, Long> kinds = new LinkedHashMap<>();
    report.violationsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Promise(
        report.violatedSubjects() == contestant.expectedViolations() && report.inDoubt().isEmpty(),
        contestant.expectedViolations(),
        report.violatedSubjects(),
        kinds,
        report.violations().stream()
            .limit(EXAMPLES)
            .map(one -> "%s %s: %s".formatted(one.kind(), one.subject(), one.detail()))
            .toList(),
        report.inDoubt());
  }

  private static Ratios ratios(List<Round> own, List<Round> reference) {
    return new Ratios(
        ratio(own, reference, Part.CAPACITY, Tally::throughput),
        ratio(own, reference, Part.LATENCY, Tally::p50Micros),
        ratio(own, reference, Part.LATENCY, Tally::p95Micros),
        ratio(own, reference, Part.LATENCY, Tally::p99Micros));
  }

  /** Null when a round of either has no completed payment to compare. */
  private static Ratio ratio(
      List<Round> own, List<Round> reference, Part part, ToDoubleFunction<Tally> figure) {
    return ratio(tallies(own, part), figure, tallies(reference, part), figure);
  }

  /** Likewise. */
  private static Ratio tail(List<Round> rounds) {
    List<Tally> latency = tallies(rounds, Part.LATENCY);
    return ratio(latency, Tally::p95Micros, latency, Tally::p50Micros);
  }

  private static Ratio ratio(
      List<Tally> dividends,
      ToDoubleFunction<Tally> dividend,
      List<Tally> divisors,
      ToDoubleFunction<Tally> divisor) {
    if (Stream.of(dividends, divisors)
        .flatMap(List::stream)
        .anyMatch(tally -> tally.completed() == 0)) {
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

  private static List<Tally> tallies(List<Round> rounds, Part part) {
    return rounds.stream().filter(round -> round.part() == part).map(Round::tally).toList();
  }
}

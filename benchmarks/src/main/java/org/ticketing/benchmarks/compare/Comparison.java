package org.ticketing.benchmarks.compare;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.ticketing.benchmarks.audit.AuditReport;
import org.ticketing.benchmarks.compare.Results.Promise;
import org.ticketing.benchmarks.compare.Results.Ratios;
import org.ticketing.benchmarks.compare.Results.Round;
import org.ticketing.benchmarks.compare.Results.Settings;
import org.ticketing.benchmarks.compare.Results.SystemResult;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.Tally;
import org.ticketing.benchmarks.report.Project;
import org.ticketing.benchmarks.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.Variant;

/**
 * Plays rounds of the same workload on all five systems. Every round visits each system once, in an
 * order that rotates, so that what disturbs the machine disturbs all of them; figures are compared
 * within a round only.
 */
public final class Comparison {

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final int EXAMPLES = 5;

  private final LocalStack stack;
  private final StackOptions options;
  private final Settings settings;
  private final Consumer<String> progress;

  public Comparison(
      LocalStack stack, StackOptions options, Settings settings, Consumer<String> progress) {
    this.stack = stack;
    this.options = options;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Starts the systems on the running servers, plays all rounds, and audits. The history of each
   * system is left in the directory of the run.
   */
  public Results run() throws InterruptedException, IOException {
    Instant startedAt = Instant.now();
    Project project = Surroundings.project(options.home());
    List<Contestant> contestants = new ArrayList<>();
    List<SystemResult> systems;
    try {
      for (Variant variant : Variant.values()) {
        contestants.add(Contestant.enter(stack.start(variant, BoxOffice.SETTING), settings));
      }
      play(contestants);
      systems = judge(contestants);
    } finally {
      contestants.forEach(Contestant::close);
    }
    return new Results(
        Results.SCHEMA_VERSION,
        startedAt,
        Instant.now(),
        project,
        Surroundings.machine(stack),
        Surroundings.versions(options.home()),
        Surroundings.durability(stack),
        settings,
        systems);
  }

  private void play(List<Contestant> contestants) throws InterruptedException {
    int rounds = settings.warmupRounds() + settings.measuredRounds();
    for (int number = 1; number <= rounds; number++) {
      List<Contestant> order = new ArrayList<>(contestants);
      Collections.rotate(order, number);
      for (Contestant contestant : order) {
        boolean warmup = number <= settings.warmupRounds();
        progress.accept(
            "round %d of %d%s: %s"
                .formatted(number, rounds, warmup ? " (warm-up)" : "", contestant.variant().id()));
        contestant.play(number, warmup);
      }
    }
  }

  private List<SystemResult> judge(List<Contestant> contestants)
      throws InterruptedException, IOException {
    List<SystemResult> systems = new ArrayList<>();
    Map<Variant, Promise> promises = new EnumMap<>(Variant.class);
    Map<Variant, List<Round>> rounds = new EnumMap<>(Variant.class);
    for (Contestant contestant : contestants) {
      progress.accept("auditing " + contestant.variant().id());
      promises.put(contestant.variant(), promise(contestant));
      rounds.put(contestant.variant(), contestant.rounds());
      contestant.writeHistory(stack.directory());
    }
    for (Contestant contestant : contestants) {
      Variant variant = contestant.variant();
      systems.add(
          new SystemResult(
              variant.id(),
              rounds.get(variant),
              ratios(measured(rounds.get(variant)), measured(rounds.get(Variant.UNCOORDINATED))),
              promises.get(variant),
              contestant.seen()));
    }
    return systems;
  }

  private static List<Round> measured(List<Round> rounds) {
    return rounds.stream().filter(round -> !round.warmup()).toList();
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
        ratio(own, reference, Tally::throughput),
        ratio(own, reference, Tally::p50Micros),
        ratio(own, reference, Tally::p95Micros),
        ratio(own, reference, Tally::p99Micros));
  }

  /** Null when a round of either has no completed payment to compare. */
  private static Ratio ratio(
      List<Round> own, List<Round> reference, ToDoubleFunction<Tally> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      Tally mine = own.get(round).tally();
      Tally theirs = reference.get(round).tally();
      if (mine.completed() == 0 || theirs.completed() == 0) {
        return null;
      }
      ratios.add(figure.applyAsDouble(mine) / figure.applyAsDouble(theirs));
    }
    return Ratio.of(ratios);
  }
}

package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.Judged;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.experiments.compare.Results.Yardstick;
import org.ticketing.experiments.counts.Counting;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.DurabilityProbe;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.workload.NotMeasuredException;

/**
 * Plays the parts of a comparison, one after the other, and keeps what each of them found as soon
 * as it is over. Parts that were played before, in a run that was interrupted, are not played
 * again.
 */
public final class Comparison {

  private static final int PROBED_COMMITS = 50;

  private final LocalStack stack;
  private final Path home;
  private final Plan plan;
  private final SavedRun saved;
  private final ProgressListener progress;
  private Schedule schedule;

  /**
   * @param stack on whose servers the systems run; in its directory their histories are left
   * @param home the root of the repository
   * @param saved where the parts are kept, and the results at the end
   */
  public Comparison(
      LocalStack stack, Path home, Plan plan, SavedRun saved, ProgressListener progress) {
    this.stack = stack;
    this.home = home;
    this.plan = plan;
    this.saved = saved;
    this.progress = progress;
  }

  /**
   * Plays all parts that are not there yet.
   *
   * @param command that the user has given
   * @throws org.ticketing.stack.process.StackException if a server is not durable, and the plan is
   *     not unsafe
   * @throws NotMeasuredException if what a part measures has not happened, or what follows payments
   *     does not come to an end
   * @throws NotResumableException if what was kept is of another comparison
   */
  public Results run(String command) throws InterruptedException, IOException, SQLException {
    List<SystemDescription> systems = plan.systems().stream().map(Systems::named).toList();
    List<String> notDurable = notDurable();
    Opening opening =
        saved.open(
            new Opening(
                command, Instant.now(), plan, Surroundings.environment(stack, home, systems)));
    Missing missing = saved.missing(plan);
    schedule = new Schedule(plan, missing);
    List<ComparisonPart> parts = missing.parts();
    play(near(parts), withControl(systems));
    play(parts.stream().filter(ComparisonPart::isDistant).toList(), systems);
    if (parts.contains(ComparisonPart.COUNTS)) {
      count(systems);
    }
    if (parts.contains(ComparisonPart.OBSERVABILITY)) {
      switchObserving(systems);
    }
    if (parts.contains(ComparisonPart.TRACKING)) {
      switchTracking(systems);
    }
    for (String system : missing.leversOf()) {
      pullLevers(Systems.named(system));
    }
    return results(opening, systems, notDurable);
  }

  private static List<ComparisonPart> near(List<ComparisonPart> parts) {
    return parts.stream().filter(part -> !part.isDistant() && !part.isApart()).toList();
  }

  private void count(List<SystemDescription> systems)
      throws InterruptedException, IOException, SQLException {
    Instant startedAt = Instant.now();
    List<Counts> counts = new ArrayList<>();
    for (SystemDescription system : systems) {
      counts.add(Counting.of(stack, system, progress));
    }
    saved.save(
        PartResult.ofCounts(
            new PlayedPart(ComparisonPart.COUNTS.toString(), startedAt, Instant.now(), List.of()),
            counts));
    schedule.ended(ComparisonPart.COUNTS);
  }

  private void switchObserving(List<SystemDescription> systems)
      throws InterruptedException, IOException, SQLException {
    try (Sitting sitting = new Sitting(stack, plan, schedule, progress);
        ObservingRounds rounds = new ObservingRounds(sitting, stack.keys().scrapeToken())) {
      rounds.enter(systems);
      play(ComparisonPart.OBSERVABILITY, sitting, rounds);
    }
  }

  private void switchTracking(List<SystemDescription> systems)
      throws InterruptedException, IOException, SQLException {
    try (Sitting sitting = new Sitting(stack, plan, schedule, progress)) {
      play(ComparisonPart.TRACKING, sitting, TrackingRounds.enter(systems, sitting));
    }
  }

  /** One system after the other, because a machine has no memory for all with all levers. */
  private void pullLevers(SystemDescription system)
      throws InterruptedException, IOException, SQLException {
    Instant startedAt = Instant.now();
    try (Sitting sitting = new Sitting(stack, plan, schedule, progress)) {
      LeverRounds rounds = LeverRounds.enter(system, sitting, stack.directory());
      rounds.play();
      List<Judged> judged = sitting.judge(histories(ComparisonPart.LEVERS));
      saved.saveLevers(
          system.name(),
          PartResult.ofLevers(
              new PlayedPart(ComparisonPart.LEVERS.toString(), startedAt, Instant.now(), judged),
              rounds.found()));
    }
  }

  /**
   * Plays parts in one sitting.
   *
   * @param parts that are all distant, or all not; may be empty
   */
  private void play(List<ComparisonPart> parts, List<SystemDescription> systems)
      throws InterruptedException, IOException, SQLException {
    if (!parts.isEmpty()) {
      try (Sitting sitting = new Sitting(stack, plan, schedule, progress)) {
        for (SystemDescription system : systems) {
          sitting.enter(system, parts.get(0).isDistant());
        }
        for (ComparisonPart part : parts) {
          play(part, sitting, run(part, sitting));
        }
      }
    }
  }

  private List<SystemDescription> withControl(List<SystemDescription> systems) {
    return plan.control()
        ? Stream.concat(systems.stream(), Stream.of(yardstick().copy(Plan.CONTROL))).toList()
        : systems;
  }

  /** Plays a part, audits the systems, and keeps what was found. */
  private void play(ComparisonPart part, Sitting sitting, PartRun run)
      throws InterruptedException, IOException, SQLException {
    Instant startedAt = Instant.now();
    run.play();
    List<Judged> judged = sitting.judge(histories(part));
    saved.save(run.found(new PlayedPart(part.toString(), startedAt, Instant.now(), judged)));
    schedule.ended(part);
  }

  /** Each sitting has histories of its own. */
  private static String histories(ComparisonPart part) {
    return part.isDistant() || part.isApart() ? "history-" + part : "history";
  }

  private PartRun run(ComparisonPart part, Sitting sitting) throws IOException {
    if (part.isSweep()) {
      return new SweepRun(
          sitting,
          PlannedSweep.of(part, rates(sitting), plan.sweeps()),
          plan.sweeps().repetitions(),
          schedule,
          progress);
    }
    return part == ComparisonPart.UPHEAVALS
        ? new Upheavals(sitting)
        : new Rounds(sitting, plan.settings(), stack.directory());
  }

  /** The same for all sweeps, also of a run that is continued. */
  private Rates rates(Sitting sitting) throws IOException {
    Optional<Rates> chosen = saved.rates();
    if (chosen.isPresent()) {
      return chosen.get();
    }
    Rates rates =
        RateGrid.of(
            sitting.yardstick().capacity(),
            sitting.contestants().stream().map(Contestant::capacity).toList());
    saved.save(rates);
    return rates;
  }

  private Results results(Opening opening, List<SystemDescription> systems, List<String> notDurable)
      throws IOException {
    List<PartResult> parts = saved.parts(plan);
    Results results =
        new Results(
            Results.SCHEMA_VERSION,
            opening.startedAt(),
            Instant.now(),
            opening.environment(),
            plan.settings(),
            !notDurable.isEmpty(),
            notDurable,
            yardstick(systems, parts),
            parts.stream().flatMap(part -> part.systems().stream()).toList(),
            saved.rates().orElse(null),
            parts.stream().map(PartResult::sweep).filter(Objects::nonNull).toList(),
            parts.stream().flatMap(part -> part.counts().stream()).toList(),
            parts.stream()
                .map(PartResult::observability)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null),
            parts.stream()
                .map(PartResult::tracking)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null),
            parts.stream().flatMap(part -> part.levers().stream()).toList(),
            parts.stream().map(PartResult::played).toList());
    saved.finish(results);
    return results;
  }

  private Yardstick yardstick(List<SystemDescription> systems, List<PartResult> parts) {
    Optional<PartResult> rounds =
        parts.stream().filter(part -> !part.systems().isEmpty()).findFirst();
    return new Yardstick(
        yardstick().name(),
        parts.stream().anyMatch(PartResult::hasControl) ? Plan.CONTROL : null,
        systems.stream()
            .filter(SystemDescription::isOneProcess)
            .map(SystemDescription::name)
            .findFirst()
            .orElse(null),
        rounds.map(PartResult::split).orElse(null),
        rounds.map(PartResult::floor).orElse(null));
  }

  /** Also where no part has used it. */
  private static SystemDescription yardstick() {
    return Systems.yardstick(Systems.all());
  }

  /**
   * Why some server may lose commits, by what it said and by what it did.
   *
   * @throws org.ticketing.stack.process.StackException there is a reason, and the plan is not
   *     unsafe
   */
  private List<String> notDurable() {
    List<DurabilityProbe> probes = stack.probeDurability(PROBED_COMMITS);
    if (!plan.unsafe()) {
      DurabilityProbe.require(probes);
    }
    return Stream.concat(
            stack.durability().stream()
                .flatMap(
                    server ->
                        server.shortcomings().stream()
                            .map(shortcoming -> server.server() + ": " + shortcoming)),
            probes.stream().filter(probe -> !probe.isDurable()).map(DurabilityProbe::toString))
        .toList();
  }
}

package org.ticketing.experiments.compare;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.ticketing.experiments.compare.Results.Rates;

/**
 * How long a comparison takes: estimated before it begins, by what its parts take on two cores, and
 * corrected while it runs, by what it took so far.
 */
public final class Schedule {

  /** The start and the warm-up of a system; the warm-up varies from one minute to five. */
  private static final double WARM_UP = 170;

  private static final double SHORT_WARM_UP = 15;

  /** What follows the warm-up where processor time is compared. */
  private static final double RUN_IN = 200;

  /** The audit of a system after a part. */
  private static final double AUDIT = 5;

  /** A turn in a round: for each payment of its three parts, and whatever their number. */
  private static final double PER_PAYMENT = 0.035;

  private static final double PER_ROUND = 5;

  /** More in a turn whose processor time is that of more payments. */
  private static final double PER_SWITCHED_ROUND = 17;

  /** Of a turn with a lever: customers who withdraw, and calls that are counted. */
  private static final double LEAVING = 12;

  /** A turn at a step, besides the load: reserving before, and what follows payments after it. */
  private static final double PER_STEP = 4;

  /** How many rates are played until a system does not sustain one; more by the monolith. */
  private static final double RATES = 6.5;

  /** The start of a system with its counters, and the payments that are counted. */
  private static final double COUNTING = 90;

  /** In less time than this one cannot tell how fast the machine is. */
  private static final double TOO_EARLY = 60;

  private final Plan plan;
  private final Missing missing;
  private final LongSupplier nanos;
  private final long began;
  private final Map<ComparisonPart, Double> left = new EnumMap<>(ComparisonPart.class);
  private double warmUpLeft;
  private double done;

  /**
   * Begins now.
   *
   * @param missing what of the plan is still to be played
   */
  public Schedule(Plan plan, Missing missing) {
    this(plan, missing, System::nanoTime);
  }

  Schedule(Plan plan, Missing missing, LongSupplier nanos) {
    this.plan = plan;
    this.missing = missing;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    List<ComparisonPart> parts = missing.parts();
    for (ComparisonPart part : parts) {
      left.put(part, planned(part));
    }
    for (boolean distant : List.of(false, true)) {
      parts.stream()
          .filter(part -> part.isDistant() == distant && !part.isApart())
          .findAny()
          .ifPresent(this::addWarmUp);
    }
    parts.stream()
        .filter(ComparisonPart::isWithItself)
        .forEach(
            part -> {
              addWarmUp(part);
              if (part.isSwitched()) {
                warmUpLeft += missing.contestants(part, plan) * runInSeconds();
              }
            });
  }

  private void addWarmUp(ComparisonPart part) {
    warmUpLeft += missing.contestants(part, plan) * warmUpSeconds();
  }

  private double planned(ComparisonPart part) {
    return part.isCounted()
        ? missing.contestants(part, plan) * COUNTING
        : turns(part) * turnSeconds(part) + missing.contestants(part, plan) * AUDIT;
  }

  /** What it takes, in one line. */
  public String estimate() {
    return "takes about %d minutes on 2 cores (%s, warming up %d)%s"
        .formatted(
            minutes(secondsLeft()),
            left.entrySet().stream()
                .map(one -> "%s %d".formatted(one.getKey(), minutes(one.getValue())))
                .collect(Collectors.joining(", ")),
            minutes(warmUpLeft),
            plan.isInOnePiece() ? "" : "; after an interruption, --resume continues it");
  }

  /** What is left, to be put behind a message; empty if there is only one part, which tells it. */
  String left() {
    return plan.isInOnePiece()
        ? ""
        : " (about %d min left in all)".formatted(minutes(secondsLeft()));
  }

  /** A system is warm. */
  void warmedUp() {
    warmedUp(warmUpSeconds());
  }

  /** A system can be compared by its processor time. */
  void ranIn() {
    warmedUp(runInSeconds());
  }

  private void warmedUp(double seconds) {
    double planned = Math.min(warmUpLeft, seconds);
    warmUpLeft -= planned;
    done += planned;
  }

  /** A turn is over. */
  void played(ComparisonPart part) {
    double planned = Math.min(left.get(part), turnSeconds(part));
    left.merge(part, -planned, Double::sum);
    done += planned;
  }

  /** A part is over, though it may have had fewer turns than were expected. */
  void ended(ComparisonPart part) {
    left.put(part, 0.0);
  }

  double secondsLeft() {
    double planned = warmUpLeft + left.values().stream().mapToDouble(Double::doubleValue).sum();
    double elapsed = (nanos.getAsLong() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    return done < TOO_EARLY ? planned : planned * elapsed / done;
  }

  private double warmUpSeconds() {
    return plan.settings().latency() ? WARM_UP : SHORT_WARM_UP;
  }

  private double runInSeconds() {
    return plan.settings().latency() ? RUN_IN : 0;
  }

  private double turns(ComparisonPart part) {
    return missing.contestants(part, plan)
        * switch (part) {
          case ROUNDS, UPHEAVALS, OBSERVABILITY, TRACKING, LEVERS ->
              plan.settings().measuredRounds();
          case RATES -> RATES * plan.sweeps().repetitions();
          default -> steps(part) * plan.sweeps().repetitions();
        };
  }

  private int steps(ComparisonPart part) {
    Rates any = new Rates(1, 1, List.of());
    return PlannedSweep.of(part, any, plan.sweeps()).steps().size();
  }

  private double turnSeconds(ComparisonPart part) {
    return part == ComparisonPart.OBSERVABILITY ? 2 * onceSeconds(part) : onceSeconds(part);
  }

  private double onceSeconds(ComparisonPart part) {
    return part.isSweep()
        ? plan.sweeps().uncounted().plus(plan.sweeps().duration()).toMillis() / 1e3 + PER_STEP
        : PER_ROUND
            + (part.isSwitched() && plan.settings().latency() ? PER_SWITCHED_ROUND : 0)
            + (part.isPulled() ? LEAVING : 0)
            + PER_PAYMENT * plan.settings().workload().payments();
  }

  private static long minutes(double seconds) {
    return Math.max(1, Math.round(seconds / 60));
  }
}

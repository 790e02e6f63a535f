package org.ticketing.experiments.publication;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.ticketing.experiments.compare.Results.Ratios;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.counts.Counts;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;

/**
 * What the systems are compared by in the conclusions. Each measure says for whom it matters, which
 * command repeats it, and where its table is.
 */
enum Measure {
  P50(
      "p50",
      "a single payment must be fast",
      "p50 of one client, to that of %s",
      Section.SPEED,
      Better.LOWER,
      Noise.OF_CONTROL,
      (evidence, system) -> ratio(evidence, system, Ratios::p50)),
  CAPACITY(
      "capacity",
      "many payments must be made on few processors",
      "completed payments a second of many clients, to those of %s",
      Section.SPEED,
      Better.HIGHER,
      Noise.OF_CONTROL,
      (evidence, system) -> ratio(evidence, system, Ratios::throughput)),
  PROCESSOR(
      "processor",
      "processor time is what it costs",
      "processor time of a payment in all services and servers, to that of %s",
      Section.COST,
      Better.LOWER,
      Noise.OF_CONTROL,
      (evidence, system) ->
          evidence
              .comparison()
              .flatMap(found -> Rounds.of(found).processorTime(system))
              .map(Reading::of)),
  FORCED_WRITES(
      "forcedWrites",
      "disks are slow",
      "forced writes of a payment that somebody waits for",
      Section.COUNTS,
      Better.LOWER,
      Noise.NONE,
      (evidence, system) -> counted(evidence, system, any -> true, Counts.Part::forcedWrites)),
  CALLS(
      "calls",
      "calls between services are what it costs",
      "calls of the protocol for a payment",
      Section.COUNTS,
      Better.LOWER,
      Noise.NONE,
      (evidence, system) ->
          counted(evidence, system, Counts::hasAllCalls, Counts.Part::protocolCalls)),
  KNEE(
      "knee",
      "the rate of payments is high",
      "the highest rate that is sustained, in payments a second",
      Section.RATES,
      Better.HIGHER,
      Noise.OF_CONTROL,
      Sweeps.RATES::knee),
  TAIL(
      "tail",
      "the slowest of a hundred customers counts near saturation",
      "p99 at the highest rate that all sustain, to that of %s",
      Section.RATES,
      Better.LOWER,
      Noise.OF_STEPS_P99,
      (evidence, system) ->
          Sweeps.RATES.highestSustainedByAll(evidence, system).flatMap(Sweeps::p99)),
  CONTENTION(
      "contention",
      "many payments come from the same wallet",
      "p99 with the fewest wallets, to that of %s",
      Section.WALLETS,
      Better.LOWER,
      Noise.OF_STEPS_P99,
      (evidence, system) -> Sweeps.WALLETS.lowest(evidence, system).flatMap(Sweeps::p99)),
  DISTANCE(
      "distance",
      "the services are far from each other",
      "p50 at the longest round trip, to that of %s",
      Section.DISTANCE,
      Better.LOWER,
      Noise.OF_STEPS_P50,
      (evidence, system) -> Sweeps.DISTANCE.highest(evidence, system).flatMap(Sweeps::p50)),
  FRACTURED(
      "fractured",
      "nobody may see a payment half done",
      "payments that readers saw half done, of those they watched",
      Section.PROMISES,
      Better.LOWER,
      Noise.OF_CONTROL,
      (evidence, system) -> rounds(evidence, system).flatMap(Measure::fractured)),
  FALSE_REFUSALS(
      "falseRefusals",
      "nobody may be refused for want of points that come back",
      "false refusals, of all payments asked for",
      Section.PROMISES,
      Better.LOWER,
      Noise.OF_CONTROL,
      (evidence, system) -> rounds(evidence, system).flatMap(Measure::falseRefusals)),
  BLOCKED(
      "blocked",
      "other payments of a customer must not wait for what has failed",
      "the longest that an unrelated payment from the same wallet took after a fault",
      Section.CRASHES,
      Better.LOWER,
      Noise.OF_THE_LONGEST,
      (evidence, system) -> Crashes.of(evidence, system).flatMap(Crashes::blocked)),
  CLEAN(
      "clean",
      "what a crash left must soon be put right",
      "the longest time from the repair until nothing was broken or in doubt",
      Section.CRASHES,
      Better.LOWER,
      Noise.OF_THE_LONGEST,
      (evidence, system) -> Crashes.of(evidence, system).flatMap(Crashes::clean)),
  FRACTURED_IN_CRASHES(
      "fracturedInCrashes",
      "nobody may see a payment half done while something fails",
      "payments that readers saw half done in the crash matrix, of those they watched",
      Section.CRASHES,
      Better.LOWER,
      Noise.NONE,
      (evidence, system) -> Crashes.of(evidence, system).flatMap(Crashes::fractured));

  /** A part of the page, and the command that its figures come from. */
  enum Section {
    SPEED("speed", "./ticketing compare --full --only rounds"),
    COST("cost", "./ticketing compare --full --only rounds"),
    COUNTS("cost", "./ticketing compare --full --only counts"),
    RATES("load", "./ticketing compare --full --only rates"),
    WALLETS("load", "./ticketing compare --full --only wallets"),
    DISTANCE("load", "./ticketing compare --full --only distance"),
    PROMISES("promises", "./ticketing compare --full --only rounds"),
    CRASHES("crashes", "./ticketing crash");

    private final String anchor;
    private final String command;

    Section(String anchor, String command) {
      this.anchor = anchor;
      this.command = command;
    }

    String anchor() {
      return anchor;
    }

    String command() {
      return command;
    }
  }

  /** Which end of a scale is the good one. */
  enum Better {
    LOWER,
    HIGHER
  }

  private final String key;
  private final String when;
  private final String title;
  private final Section section;
  private final Better better;
  private final Noise noise;
  private final BiFunction<Evidence, String, Optional<Reading>> reading;

  Measure(
      String key,
      String when,
      String title,
      Section section,
      Better better,
      Noise noise,
      BiFunction<Evidence, String, Optional<Reading>> reading) {
    this.key = key;
    this.when = when;
    this.title = title;
    this.section = section;
    this.better = better;
    this.noise = noise;
    this.reading = reading;
  }

  /** Its name in templates. */
  String key() {
    return key;
  }

  /** For whom it decides, to be read after "when". */
  String when() {
    return when;
  }

  /**
   * @param yardstick what the ratios are taken to
   */
  String title(String yardstick) {
    return title.formatted(Text.code(yardstick));
  }

  Section section() {
    return section;
  }

  /** The figure of a system; empty if it was not measured. */
  Optional<Reading> of(Evidence evidence, String system) {
    return reading.apply(evidence, system);
  }

  /** Whether the first is better beyond both ranges, the tolerance, and what is noise. */
  boolean isClearlyBetter(Reading one, Reading other, Evidence evidence) {
    double atLeast = noise.factor(this, evidence);
    return better == Better.LOWER
        ? one.isClearlyBelow(other, atLeast)
        : other.isClearlyBelow(one, atLeast);
  }

  /** The best first. */
  Comparator<Reading> order() {
    Comparator<Reading> ascending = Comparator.comparingDouble(Reading::value);
    return better == Better.LOWER ? ascending : ascending.reversed();
  }

  private static Optional<SystemResult> rounds(Evidence evidence, String system) {
    return evidence.comparison().stream()
        .flatMap(found -> found.systems().stream())
        .filter(one -> one.system().equals(system))
        .findFirst();
  }

  private static Optional<Reading> counted(
      Evidence evidence,
      String system,
      Predicate<Counts> wasCounted,
      ToDoubleFunction<Counts.Part> which) {
    return evidence.comparison().stream()
        .flatMap(found -> found.counts().stream())
        .filter(one -> one.system().equals(system))
        .filter(wasCounted)
        .findFirst()
        .map(one -> which.applyAsDouble(one.completed()))
        .map(value -> Reading.once(value, Text.oneDigit(value)));
  }

  private static Optional<Reading> ratio(
      Evidence evidence, String system, Function<Ratios, Ratio> which) {
    return rounds(evidence, system).map(SystemResult::ratios).map(which).map(Reading::of);
  }

  private static Optional<Reading> fractured(SystemResult found) {
    FracturedReads seen = found.seen().fracturedReads();
    return Reading.share(seen.fractured(), seen.watched());
  }

  private static Optional<Reading> falseRefusals(SystemResult found) {
    long asked = found.rounds().stream().mapToLong(round -> round.tally().asked()).sum();
    return Reading.share(found.seen().falseRefusals(), asked);
  }
}

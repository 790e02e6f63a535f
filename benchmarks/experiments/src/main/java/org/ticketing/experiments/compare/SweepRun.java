package org.ticketing.experiments.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.ticketing.experiments.compare.Contestant.Loaded;
import org.ticketing.experiments.compare.PlannedSweep.PlannedStep;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.compare.Sweep.Step;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Ratio;

/**
 * Plays the steps of a sweep on the systems of a sitting. At each step every system gets the same
 * load in turn, as often as there are repetitions, so that a ratio is that of two loads which came
 * one soon after the other.
 */
final class SweepRun implements PartRun {

  private final Sitting sitting;
  private final PlannedSweep planned;
  private final int repetitions;
  private final Schedule schedule;
  private final ProgressListener progress;
  private final List<Map<Contestant, List<Loaded>>> played = new ArrayList<>();
  private final Set<Contestant> beyondKnee = new HashSet<>();
  private int turn;

  SweepRun(
      Sitting sitting,
      PlannedSweep planned,
      int repetitions,
      Schedule schedule,
      ProgressListener progress) {
    this.sitting = sitting;
    this.planned = planned;
    this.repetitions = repetitions;
    this.schedule = schedule;
    this.progress = progress;
  }

  /** Plays all steps. Where rates are varied, a system is done once it did not sustain one. */
  @Override
  public void play() throws InterruptedException, SQLException {
    for (PlannedStep step : planned.steps()) {
      if (step.load().roundTrip() != null) {
        sitting.setRoundTrip(step.load().roundTrip());
      }
      Map<Contestant, List<Loaded>> loads = play(step);
      played.add(loads);
      if (planned.part() == ComparisonPart.RATES) {
        loads.forEach(
            (contestant, all) -> {
              if (!Knee.isSustained(figures(all))) {
                beyondKnee.add(contestant);
              }
            });
      }
    }
    progress.step(turns(), turns(), planned.part() + " was played");
  }

  private Map<Contestant, List<Loaded>> play(PlannedStep step)
      throws InterruptedException, SQLException {
    Map<Contestant, List<Loaded>> loads = new LinkedHashMap<>();
    sitting.contestants().stream()
        .filter(contestant -> !beyondKnee.contains(contestant))
        .forEach(contestant -> loads.put(contestant, new ArrayList<>()));
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      for (Contestant contestant : sitting.inTurn(repetition + played.size())) {
        if (loads.containsKey(contestant)) {
          String what =
              "%s %s, %d".formatted(planned.part(), PlannedSweep.text(step.value()), repetition);
          progress.step(
              turn,
              turns(),
              "%s of %d: %s%s".formatted(what, repetitions, contestant.name(), schedule.left()));
          sitting.giveMachineTo(contestant);
          loads.get(contestant).add(contestant.load(what, step));
          schedule.played(planned.part());
        }
        turn++;
      }
    }
    return loads;
  }

  private int turns() {
    return planned.steps().size() * repetitions * sitting.contestants().size();
  }

  @Override
  public PartResult found(PlayedPart part) {
    return PartResult.ofSweep(
        part,
        new Sweep(
            part.part(),
            planned.part().what(),
            planned.unit(),
            IntStream.range(0, played.size())
                .mapToObj(index -> found(planned.steps().get(index), played.get(index)))
                .toList()));
  }

  private Step found(PlannedStep step, Map<Contestant, List<Loaded>> loads) {
    List<SystemStep> systems = new ArrayList<>();
    loads.forEach((contestant, all) -> systems.add(found(step, contestant, all, loads)));
    return new Step(step.value(), step.load(), systems);
  }

  private SystemStep found(
      PlannedStep step,
      Contestant contestant,
      List<Loaded> all,
      Map<Contestant, List<Loaded>> loads) {
    Contestant yardstick = sitting.yardstick();
    List<LoadFigures> own = figures(all);
    List<LoadFigures> reference =
        contestant.isWarm() && yardstick.isWarm()
            ? figures(loads.getOrDefault(yardstick, List.of()))
            : List.of();
    return new SystemStep(
        contestant.name(),
        contestant.isWarm(),
        Knee.isSustained(own),
        own,
        ratio(own, reference, Percentiles::p50Micros),
        ratio(own, reference, Percentiles::p99Micros),
        step.readers() == 0
            ? null
            : contestant.judge().seenInAll(all.stream().map(Loaded::time).toList()));
  }

  private static List<LoadFigures> figures(List<Loaded> loads) {
    return loads.stream().map(Loaded::figures).toList();
  }

  /**
   * Null if there is nothing to compare with, or something was not answered at all.
   *
   * @param reference of the same repetitions, or empty
   */
  static Ratio ratio(
      List<LoadFigures> own, List<LoadFigures> reference, ToLongFunction<Percentiles> figure) {
    if (own.size() != reference.size()
        || own.stream().anyMatch(one -> one.latency().requests() == 0)
        || reference.stream().anyMatch(one -> one.latency().requests() == 0)) {
      return null;
    }
    return Ratio.of(
        IntStream.range(0, own.size())
            .mapToObj(
                repetition ->
                    (double) figure.applyAsLong(own.get(repetition).latency())
                        / figure.applyAsLong(reference.get(repetition).latency()))
            .toList());
  }
}

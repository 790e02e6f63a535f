package org.ticketing.experiments.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.publication.Evidence;

/**
 * What the evidence answers, and what it does not.
 *
 * @param absent what was not measured, each in a sentence with the command that does
 */
record Report(List<Figure> figures, List<String> absent) {

  static Report of(Evidence evidence) {
    Cast cast = Cast.of(evidence);
    Optional<Results> comparison = evidence.comparison();
    Questions questions = new Questions();
    questions.ask(
        new SpeedFigure(evidence, cast).figure(),
        "Ratios of throughput and latency need warm systems: ./ticketing compare --full");
    questions.ask(
        comparison.flatMap(one -> RatesFigure.of(one, cast)),
        "Latency over load, and the knee, need fixed rates: " + RatesFigure.COMMAND);
    questions.ask(comparison.flatMap(one -> PercentilesFigure.of(one, cast)), null);
    questions.ask(
        comparison.flatMap(one -> ConsistencyFigure.of(one, cast)),
        "Consistency against latency needs warm systems and readers: ./ticketing compare --full");
    questions.ask(
        comparison.flatMap(one -> CostFigure.of(one.counts(), cast)),
        "Forced writes and calls beside the least are counted by: ./ticketing compare --full --only counts");
    questions.ask(comparison.flatMap(one -> ProcessorFigure.of(one, cast)), null);
    questions.ask(
        comparison.flatMap(one -> CircumstancesFigure.of(one, cast)),
        "What contention, distance, refusals, and readers change needs sweeps: ./ticketing compare --full");
    questions.ask(
        LeversFigure.of(evidence, cast),
        "What levers buy, and what they cost, needs systems with and without them: ./ticketing compare --only levers");
    questions.ask(
        evidence.crashes().flatMap(CrashFigure::of),
        "What crashes leave behind is found by: ./ticketing crash");
    questions.ask(evidence.crashesAsShipped().flatMap(CrashFigure::asShipped), null);
    List<Figure> kills = KillFigure.of(evidence);
    kills.forEach(kill -> questions.ask(Optional.of(kill), null));
    if (kills.isEmpty()) {
      questions.absent.add(
          "The time line of one fault is drawn from the history of a cell: ./ticketing crash");
    }
    return new Report(questions.figures, questions.absent);
  }

  private static final class Questions {

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    /**
     * @param otherwise said where there is no figure; null if that goes without saying
     */
    private void ask(Optional<Figure> asked, String otherwise) {
      Optional<Figure> figure = asked.filter(found -> !found.isEmpty());
      figure.ifPresent(figures::add);
      if (figure.isEmpty() && otherwise != null) {
        absent.add(otherwise);
      }
    }
  }
}

package org.ticketing.experiments.publication;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.experiments.compare.Results;
import org.ticketing.stack.system.Systems;

/**
 * What follows from the figures, for templates. Nothing is said that the figures do not show: an
 * order that they do not tell is reported as none, and a figure that is missing as missing.
 *
 * @param protocols each with the measures that speak for it and against it
 * @param variants of protocols. They have no place among them: a protocol that is clearly the best
 *     would not be, beside a variant of its own
 * @param undecided measures in which no protocol is clearly the first
 * @param missing measures that not all protocols have a figure of
 */
record Conclusions(
    List<Protocol> protocols,
    List<Variant> variants,
    List<Undecided> undecided,
    List<Missing> missing) {

  /**
   * @param first measures in which it is clearly the best
   * @param last those in which it is clearly the worst
   * @param furthest if there are none of these, the measure in which it is furthest from the best;
   *     null if there are some, or if it is nowhere behind
   */
  record Protocol(
      String name, String title, List<Verdict> first, List<Verdict> last, Verdict furthest) {

    boolean hasFirst() {
      return !first.isEmpty();
    }

    boolean hasLast() {
      return !last.isEmpty();
    }
  }

  /**
   * @param of the protocol that it is a variant of
   * @param table the two side by side
   */
  record Variant(String name, String title, String of, String table) {}

  /**
   * A measure, the figure of a protocol, and those of the others.
   *
   * @param others as words
   */
  record Verdict(
      String when, String title, String figure, String others, String anchor, String command) {}

  /**
   * @param leading the systems that are not told apart, with their figures
   */
  record Undecided(String title, String leading, String anchor) {}

  record Missing(String title, String systems, String command) {}

  static Conclusions of(Evidence evidence) {
    List<String> measured = Protocols.in(evidence);
    List<Variant> variants =
        measured.stream().flatMap(name -> variant(name, measured, evidence).stream()).toList();
    List<String> protocols =
        measured.stream()
            .filter(name -> variants.stream().noneMatch(variant -> variant.name().equals(name)))
            .toList();
    String yardstick = yardstick(evidence);
    List<Ranking> rankings =
        Arrays.stream(Measure.values())
            .map(measure -> Ranking.of(measure, evidence, protocols))
            .toList();
    return new Conclusions(
        protocols.stream().map(name -> protocol(name, rankings, yardstick)).toList(),
        variants,
        rankings.stream()
            .filter(ranking -> ranking.isComparison() && ranking.first().isEmpty())
            .map(
                ranking ->
                    new Undecided(
                        ranking.measure().title(yardstick),
                        words(ranking.leading()),
                        ranking.measure().section().anchor()))
            .toList(),
        rankings.stream()
            .filter(ranking -> !ranking.missing().isEmpty() || ranking.places().isEmpty())
            .map(
                ranking ->
                    new Missing(
                        ranking.measure().title(yardstick),
                        ranking.places().isEmpty() ? "any protocol" : Text.names(ranking.missing()),
                        ranking.measure().section().command()))
            .toList());
  }

  /** What the ratios of a comparison are taken to; where there is none, what they would be. */
  static String yardstick(Evidence evidence) {
    return evidence
        .comparison()
        .map(Results::yardstick)
        .map(Results.Yardstick::system)
        .orElseGet(() -> Systems.yardstick(Systems.all()).name());
  }

  private static Protocol protocol(String name, List<Ranking> rankings, String yardstick) {
    List<Verdict> first = verdicts(name, rankings, Ranking::first, yardstick);
    List<Verdict> last = verdicts(name, rankings, Ranking::last, yardstick);
    return new Protocol(
        name,
        Systems.named(name).title(),
        first,
        last,
        last.isEmpty() ? furthest(name, rankings, yardstick).orElse(null) : null);
  }

  /** Without its protocol a variant stands for it. */
  private static Optional<Variant> variant(String name, List<String> measured, Evidence evidence) {
    return Protocols.variantOf(name)
        .filter(measured::contains)
        .map(
            of ->
                new Variant(
                    name, Systems.named(name).title(), of, SideBySide.of(evidence, name, of)));
  }

  private static List<Verdict> verdicts(
      String name,
      List<Ranking> rankings,
      Function<Ranking, Optional<Ranking.Place>> which,
      String yardstick) {
    return rankings.stream()
        .flatMap(
            ranking ->
                which.apply(ranking).stream()
                    .filter(place -> place.system().equals(name))
                    .map(place -> verdict(ranking, place, yardstick)))
        .toList();
  }

  private static Verdict verdict(Ranking ranking, Ranking.Place place, String yardstick) {
    Measure measure = ranking.measure();
    return new Verdict(
        measure.when(),
        measure.title(yardstick),
        place.reading().text(),
        words(ranking.others(place)),
        measure.section().anchor(),
        measure.section().command());
  }

  private static String words(List<Ranking.Place> places) {
    return String.join(
        ", ",
        places.stream()
            .map(place -> Text.code(place.system()) + " " + place.reading().text())
            .toList());
  }

  /** Of the measures in which another is clearly better, the one with the greatest distance. */
  private static Optional<Verdict> furthest(String name, List<Ranking> rankings, String yardstick) {
    return rankings.stream()
        .flatMap(
            ranking ->
                ranking.places().stream()
                    .filter(place -> place.system().equals(name))
                    .filter(ranking::isBehind)
                    .map(place -> new Behind(ranking, place)))
        .max(Comparator.comparingDouble(Behind::distance))
        .map(behind -> verdict(behind.ranking(), behind.place(), yardstick));
  }

  private record Behind(Ranking ranking, Ranking.Place place) {

    /** How many times the figure is that of the best, or the other way round. */
    private double distance() {
      double best = ranking.places().get(0).reading().value();
      double own = place.reading().value();
      return Math.max(best, own) / Math.min(best, own);
    }
  }
}

package org.ticketing.experiments.publication;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The protocols by one measure. Who is first or last is only said where ranges do not overlap and
 * figures differ by more than a tolerance, and by more than noise.
 *
 * @param evidence that the figures are of
 * @param places the best first, without those that have no figure
 * @param missing protocols without a figure
 */
record Ranking(Measure measure, Evidence evidence, List<Place> places, List<String> missing) {

  record Place(String system, Reading reading) {}

  static Ranking of(Measure measure, Evidence evidence, List<String> protocols) {
    List<Place> places =
        protocols.stream()
            .flatMap(
                system ->
                    measure.of(evidence, system).map(found -> new Place(system, found)).stream())
            .sorted(Comparator.comparing(Place::reading, measure.order()))
            .toList();
    return new Ranking(
        measure,
        evidence,
        places,
        protocols.stream()
            .filter(system -> places.stream().noneMatch(place -> place.system().equals(system)))
            .toList());
  }

  /** Whether there is something to compare. */
  boolean isComparison() {
    return places.size() > 1;
  }

  /** The one that is clearly better than all others. */
  Optional<Place> first() {
    return isComparison()
            && places.stream().skip(1).allMatch(other -> isClearlyBetter(places.get(0), other))
        ? Optional.of(places.get(0))
        : Optional.empty();
  }

  /** The one that all others are clearly better than. */
  Optional<Place> last() {
    if (!isComparison()) {
      return Optional.empty();
    }
    Place last = places.get(places.size() - 1);
    return places.stream().limit(places.size() - 1).allMatch(other -> isClearlyBetter(other, last))
        ? Optional.of(last)
        : Optional.empty();
  }

  /** Those whose figure the measure does not tell from that of the first place. */
  List<Place> leading() {
    return places.stream().filter(place -> !isBehind(place)).toList();
  }

  /** Whether the first place is clearly better. */
  boolean isBehind(Place place) {
    return isClearlyBetter(places.get(0), place);
  }

  private boolean isClearlyBetter(Place one, Place other) {
    return measure.isClearlyBetter(one.reading(), other.reading(), evidence);
  }

  List<Place> others(Place place) {
    return places.stream().filter(other -> other != place).toList();
  }
}

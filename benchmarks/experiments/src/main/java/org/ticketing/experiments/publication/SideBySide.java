package org.ticketing.experiments.publication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Two protocols beside each other, by every measure. */
final class SideBySide {

  private SideBySide() {}

  /** A table with a row for each measure, or that none has figures of both. */
  static String of(Evidence evidence, String one, String other) {
    List<Ranking> rankings =
        Arrays.stream(Measure.values())
            .map(measure -> Ranking.of(measure, evidence, List.of(one, other)))
            .toList();
    if (rankings.stream().noneMatch(Ranking::isComparison)) {
      return "Nothing was measured of both.";
    }
    String yardstick = Conclusions.yardstick(evidence);
    MarkdownTable table =
        new MarkdownTable(List.of("measure", Text.code(one), Text.code(other), "clearly better"));
    for (Ranking ranking : rankings) {
      table.add(
          List.of(
              ranking.measure().title(yardstick),
              figure(ranking, one),
              figure(ranking, other),
              ranking.isComparison() ? verdict(ranking.first()) : Text.NONE));
    }
    return table.toString();
  }

  private static String figure(Ranking ranking, String system) {
    return ranking.places().stream()
        .filter(place -> place.system().equals(system))
        .map(place -> place.reading().text())
        .findFirst()
        .orElse(Text.NONE);
  }

  private static String verdict(Optional<Ranking.Place> first) {
    return first.map(place -> Text.code(place.system())).orElse("not told apart");
  }
}

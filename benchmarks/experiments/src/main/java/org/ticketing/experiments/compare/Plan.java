package org.ticketing.experiments.compare;

import java.util.List;
import org.ticketing.experiments.compare.Results.Settings;

/**
 * What a comparison consists of.
 *
 * @param systems their names, in the order of tables
 * @param control whether the yardstick is started a second time, as if it were another system
 * @param parts in the order in which they are played
 * @param unsafe whether it goes on although some server may lose commits
 */
public record Plan(
    List<String> systems,
    boolean control,
    List<ComparisonPart> parts,
    Settings settings,
    SweepSettings sweeps,
    boolean unsafe) {

  /** The name under which the yardstick is started a second time. */
  static final String CONTROL = "control";

  public Plan {
    parts = parts.stream().distinct().sorted().toList();
  }

  /** How many systems are started for a part. */
  int contestants(ComparisonPart part) {
    if (part == ComparisonPart.OBSERVABILITY) {
      return systems.size();
    }
    if (part == ComparisonPart.TRACKING) {
      return 2 * systems.size();
    }
    if (part.isPulled()) {
      return (1 + Lever.values().length) * systems.size();
    }
    return systems.size() + (control && !part.isDistant() && !part.isCounted() ? 1 : 0);
  }

  boolean hasSweeps() {
    return parts.stream().anyMatch(ComparisonPart::isSweep);
  }
}

package org.ticketing.experiments.compare;

import java.util.List;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

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

  /** How often a system is started for its levers: with each of them, and with none. */
  static final int LEVERED_STARTS = 1 + Lever.values().length;

  public Plan {
    parts = parts.stream().distinct().sorted().toList();
  }

  /** The chosen systems, and the yardstick where a part needs it, in the order of tables. */
  public static List<SystemDescription> compared(
      List<SystemDescription> chosen, List<ComparisonPart> parts) {
    boolean withItself = parts.stream().allMatch(ComparisonPart::isWithItself);
    return Systems.all().stream()
        .filter(system -> chosen.contains(system) || system.yardstick() && !withItself)
        .toList();
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
      return LEVERED_STARTS * systems.size();
    }
    return systems.size() + (control && !part.isDistant() && !part.isCounted() ? 1 : 0);
  }

  /** Whether it is kept as a whole or not at all, so that it cannot be continued. */
  boolean isInOnePiece() {
    return parts.size() == 1 && leversOf().size() < 2;
  }

  /** The systems whose levers are measured; empty if none are. */
  List<String> leversOf() {
    return parts.stream().anyMatch(ComparisonPart::isPulled) ? systems : List.of();
  }

  boolean hasSweeps() {
    return parts.stream().anyMatch(ComparisonPart::isSweep);
  }
}

package org.ticketing.experiments.compare;

import java.util.List;

/**
 * What of a plan is still to be played.
 *
 * @param parts of which something is missing, in the order in which they are played
 * @param unlevered the systems whose levers were not measured yet, because one after the other is;
 *     empty if no lever is to be measured
 */
public record Missing(List<ComparisonPart> parts, List<String> unlevered) {

  public Missing {
    parts = List.copyOf(parts);
    unlevered = List.copyOf(unlevered);
  }

  /** That of a plan that begins. */
  public static Missing all(Plan plan) {
    return new Missing(plan.parts(), plan.unlevered());
  }

  /** How many systems are still to be started for a part. */
  int contestants(ComparisonPart part, Plan plan) {
    return part.isPulled() ? unlevered.size() * Plan.LEVERED_STARTS : plan.contestants(part);
  }
}

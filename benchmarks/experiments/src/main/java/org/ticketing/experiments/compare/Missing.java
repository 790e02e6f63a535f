package org.ticketing.experiments.compare;

import java.util.List;

/**
 * What of a plan is still to be played.
 *
 * @param parts of which something is missing, in the order in which they are played
 * @param leversOf the systems whose levers are still to be measured, one system after the other;
 *     empty if none are
 */
public record Missing(List<ComparisonPart> parts, List<String> leversOf) {

  public Missing {
    parts = List.copyOf(parts);
    leversOf = List.copyOf(leversOf);
  }

  /** That of a plan that begins. */
  public static Missing all(Plan plan) {
    return new Missing(plan.parts(), plan.leversOf());
  }

  /** How many systems are still to be started for a part. */
  int contestants(ComparisonPart part, Plan plan) {
    return part.isPulled() ? leversOf.size() * Plan.LEVERED_STARTS : plan.contestants(part);
  }
}

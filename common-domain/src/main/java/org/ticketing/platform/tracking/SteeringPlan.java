package org.ticketing.platform.tracking;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a steering comes to.
 *
 * @param preview what is said before
 * @param action what is done, and says how it went
 */
public record SteeringPlan(Effect preview, Supplier<Effect> action) {

  public static SteeringPlan of(List<String> steps, Supplier<Effect> action) {
    return new SteeringPlan(new Effect(steps, false, null, false), action);
  }

  /** The operator decides instead of the protocol. */
  public static SteeringPlan heuristic(List<String> steps, Supplier<Effect> action) {
    return new SteeringPlan(new Effect(steps, true, null, false), action);
  }

  public static SteeringPlan refused(String why) {
    Effect refusal = Effect.refused(why);
    return new SteeringPlan(refusal, () -> refusal);
  }

  /** It is done already, or there is nothing that it could change. */
  public static SteeringPlan nothing(String why) {
    Effect nothing = new Effect(List.of(why), false, null, true);
    return new SteeringPlan(nothing, () -> nothing);
  }
}

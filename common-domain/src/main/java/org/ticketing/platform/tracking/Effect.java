package org.ticketing.platform.tracking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What a steering does, or would do.
 *
 * @param steps in words, a line each, such as {@code commit the branch of point}
 * @param heuristic whether the operator decides instead of the protocol, because the decision is
 *     unknown
 * @param refusal why it is not possible, in one line; null if it is. A known decision is never
 *     acted against
 * @param finished whether nothing is left to do; false in a preview
 */
public record Effect(List<String> steps, boolean heuristic, String refusal, boolean finished) {

  /** Nothing is done, for that reason. */
  public static Effect refused(String refusal) {
    return new Effect(List.of(), false, refusal, false);
  }

  @JsonIgnore
  public boolean isRefused() {
    return refusal != null;
  }
}

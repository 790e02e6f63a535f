package org.ticketing.benchmarks.history;

import java.util.List;
import org.ticketing.benchmarks.history.Operation.Pay;

/**
 * Payments refused for lack of points only because another payment, later undone or never
 * completed, held them.
 *
 * @param refusals the last answer to each
 */
public record FalseRefusals(List<Pay> refusals) {

  public FalseRefusals {
    refusals = List.copyOf(refusals);
  }

  public static FalseRefusals in(History history) {
    return new FalseRefusals(List.of());
  }

  public int count() {
    return refusals.size();
  }
}

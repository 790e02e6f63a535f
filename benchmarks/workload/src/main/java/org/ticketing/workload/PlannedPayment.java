package org.ticketing.workload;

import java.util.Set;
import java.util.UUID;
import org.ticketing.workload.history.Operation.Pay;

/**
 * A reservation to be paid, and the answer its payment should get.
 *
 * @param amount the price of the reservation
 */
public record PlannedPayment(
    Customer customer, UUID reservationId, long amount, Expected expected) {

  private static final String TOO_FEW = "insufficient-points";

  /** What a payment was prepared for. */
  public enum Expected {
    COMPLETED(true),
    TOO_FEW_POINTS(false, TOO_FEW),
    LATE(false, Pay.EXPIRED),
    /** Refused if its rival has the points, even if only for a moment. */
    RIVAL(true, TOO_FEW),
    /** Refused for lack of points, before it can be late, if its rival has them. */
    LATE_RIVAL(false, Pay.EXPIRED, TOO_FEW);

    private final boolean mayComplete;
    private final Set<String> reasons;

    Expected(boolean mayComplete, String... reasons) {
      this.mayComplete = mayComplete;
      this.reasons = Set.of(reasons);
    }

    /** Whether its hold has run out. */
    public boolean isLate() {
      return reasons.contains(Pay.EXPIRED);
    }

    /** Whether it comes out of a wallet with points for it or for its rival, not for both. */
    public boolean isRival() {
      return this == RIVAL || this == LATE_RIVAL;
    }

    /** Whether this is an answer the payment was prepared for. */
    public boolean isMetBy(Answer answer) {
      return switch (answer.outcome()) {
        case COMPLETED -> mayComplete;
        case REFUSED -> reasons.contains(answer.reason());
        case FAILED, UNKNOWN -> false;
      };
    }
  }
}

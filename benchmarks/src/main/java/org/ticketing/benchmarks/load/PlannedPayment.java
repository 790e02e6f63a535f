package org.ticketing.benchmarks.load;

import java.util.UUID;

/** A reservation to be paid, and the answer its payment should get. */
public record PlannedPayment(Buyer buyer, UUID reservationId, Expected expected) {

  /** What a payment was prepared for. */
  public enum Expected {
    COMPLETED(null),
    TOO_FEW_POINTS("insufficient-points"),
    LATE("reservation-expired");

    private final String reason;

    Expected(String reason) {
      this.reason = reason;
    }

    /** Whether this is the answer the payment was prepared for. */
    public boolean isMetBy(Answer answer) {
      return reason == null
          ? answer.outcome() == Answer.Outcome.COMPLETED
          : answer.outcome() == Answer.Outcome.REFUSED && reason.equals(answer.reason());
    }
  }
}

package org.ticketing.benchmarks.load;

import java.util.UUID;
import org.ticketing.benchmarks.history.Outcome;

/**
 * What a client was told about its payment.
 *
 * @param reason why it was refused or is unanswered; null when completed
 * @param paymentId where the answer tells it: when completed; else null
 */
public record Answer(Outcome outcome, String reason, UUID paymentId) {

  static Answer completed(UUID paymentId) {
    return new Answer(Outcome.COMPLETED, null, paymentId);
  }

  static Answer refused(String reason) {
    return new Answer(Outcome.REFUSED, reason, null);
  }

  static Answer unanswered(String reason) {
    return new Answer(Outcome.UNANSWERED, reason, null);
  }
}

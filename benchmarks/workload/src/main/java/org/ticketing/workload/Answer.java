package org.ticketing.workload;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Outcome;

/**
 * What a client was told about its payment.
 *
 * @param reason why it was refused or is unanswered; null when completed
 * @param paymentId where the answer tells it: when completed; else null
 */
public record Answer(Outcome outcome, String reason, UUID paymentId) {

  private static final Set<String> FAILED = Set.of("service-unavailable", "payment-cancelled");

  /** Whether it tells what became of the payment. */
  public boolean isFinal() {
    return outcome == Outcome.COMPLETED
        || outcome == Outcome.REFUSED && Pay.isFinal(reason)
        || isFailed();
  }

  public boolean isCompleted() {
    return outcome == Outcome.COMPLETED;
  }

  /** The payment could not be made now, and nothing remains of it. */
  public boolean isFailed() {
    return outcome == Outcome.UNANSWERED && FAILED.contains(reason);
  }

  public static Answer completed(UUID paymentId) {
    return new Answer(Outcome.COMPLETED, null, paymentId);
  }

  public static Answer refused(String reason) {
    return new Answer(Outcome.REFUSED, reason, null);
  }

  public static Answer unanswered(String reason) {
    return new Answer(Outcome.UNANSWERED, reason, null);
  }

  @Override
  public String toString() {
    String name = outcome.name().toLowerCase(Locale.ROOT);
    return reason == null ? name : name + " (" + reason + ")";
  }
}

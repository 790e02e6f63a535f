package org.ticketing.benchmarks.load;

import java.util.Locale;
import java.util.Set;

/**
 * What a client was told about its payment.
 *
 * @param reason why it was refused or is unanswered; null when completed
 */
public record Answer(Outcome outcome, String reason) {

  private static final Set<String> FAILED = Set.of("service-unavailable", "payment-cancelled");

  /** How the answer is counted. */
  public enum Outcome {
    COMPLETED,
    /** A business rule said no: a problem detail with a 4xx status. */
    REFUSED,
    /** Anything else: no answer, or one that does not tell what became of the payment. */
    UNANSWERED
  }

  /** Whether it tells what became of the payment. */
  public boolean isFinal() {
    return outcome == Outcome.COMPLETED
        || outcome == Outcome.REFUSED && !isUnderWay()
        || isFailed();
  }

  public boolean isCompleted() {
    return outcome == Outcome.COMPLETED;
  }

  /** The payment could not be made now, and nothing remains of it. */
  public boolean isFailed() {
    return outcome == Outcome.UNANSWERED && FAILED.contains(reason);
  }

  private boolean isUnderWay() {
    return "payment-in-progress".equals(reason);
  }

  static Answer completed() {
    return new Answer(Outcome.COMPLETED, null);
  }

  static Answer refused(String reason) {
    return new Answer(Outcome.REFUSED, reason);
  }

  public static Answer unanswered(String reason) {
    return new Answer(Outcome.UNANSWERED, reason);
  }

  @Override
  public String toString() {
    String name = outcome.name().toLowerCase(Locale.ROOT);
    return reason == null ? name : name + " (" + reason + ")";
  }
}

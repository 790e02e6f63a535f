package org.ticketing.benchmarks.load;

/**
 * What a client was told about its payment.
 *
 * @param reason why it was refused or is unanswered; null when completed
 */
public record Answer(Outcome outcome, String reason) {

  /** How the answer is counted. */
  public enum Outcome {
    COMPLETED,
    /** A business rule said no: a problem detail with a 4xx status. */
    REFUSED,
    /** Anything else: no answer, or one that does not tell what became of the payment. */
    UNANSWERED
  }

  static Answer completed() {
    return new Answer(Outcome.COMPLETED, null);
  }

  static Answer refused(String reason) {
    return new Answer(Outcome.REFUSED, reason);
  }

  static Answer unanswered(String reason) {
    return new Answer(Outcome.UNANSWERED, reason);
  }
}

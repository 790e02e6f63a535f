package org.ticketing.workload.history;

/** How the answer to a payment is counted. */
public enum Outcome {
  COMPLETED,
  /** A business rule said no: a problem detail with a 4xx status. */
  REFUSED,
  /** Anything else: no answer, or one that does not tell what became of the payment. */
  UNANSWERED
}

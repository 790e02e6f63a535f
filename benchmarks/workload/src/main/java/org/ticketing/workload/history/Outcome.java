package org.ticketing.workload.history;

/**
 * What the answer to a request for a payment tells of it, as Jepsen tells {@code ok}, {@code fail}
 * and {@code info} apart. It is what the API promises that counts, not whether the system keeps it:
 * a payment that is answered as failed and leaves its points used is what the audit is there to
 * find. What is not certain is unknown.
 */
public enum Outcome {
  /** There is a receipt. */
  COMPLETED,

  /**
   * A rule said no: a problem detail with a 4xx status, other than {@code payment-in-progress},
   * which says that the payment may yet complete.
   */
  REFUSED,

  /**
   * Nothing remains of what was asked for, or will remain. Either the system said so, by a problem
   * detail of type {@code service-unavailable} or {@code payment-cancelled}: what had been done is
   * undone, or will be. Or the request never left the client, because the connection was refused,
   * could not be opened in time, or the customer could not be signed in.
   */
  FAILED,

  /**
   * Everything else: no answer in time, a connection that broke after the request was sent, {@code
   * outcome-unknown}, {@code payment-in-progress}, or an answer that is not the API's.
   */
  UNKNOWN
}

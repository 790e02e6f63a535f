package org.ticketing.platform;

/**
 * The payment may still complete or fail, and its coordinator goes on until it has. A repeated
 * request with the same idempotency key is told the outcome.
 */
public class OutcomeUnknown extends RuntimeException {

  public OutcomeUnknown(String detail, Throwable cause) {
    super(detail, cause);
  }
}

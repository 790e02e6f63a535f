package org.ticketing.platform;

/**
 * The payment may still complete or fail; its coordinator goes on until it has. Asking again with
 * the same idempotency key tells.
 */
public class OutcomeUnknown extends RuntimeException {

  public OutcomeUnknown(String detail, Throwable cause) {
    super(detail, cause);
  }
}

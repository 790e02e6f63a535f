package org.ticketing.payment;

/** The user has used this idempotency key for another payment. */
public class DuplicatePayment extends RuntimeException {

  DuplicatePayment() {
    super("the idempotency key is taken", null, false, false);
  }
}

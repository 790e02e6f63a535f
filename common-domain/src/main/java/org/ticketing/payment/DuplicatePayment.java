package org.ticketing.payment;

/** Another payment of the user has this idempotency key, or another attempt has this payment. */
public class DuplicatePayment extends RuntimeException {

  DuplicatePayment() {
    super("another payment has the idempotency key", null, false, false);
  }
}

package org.ticketing.payment;

/** How a payment asks for its user and its reservation. */
enum LookUpMode {
  /** First for the user, then for the reservation. */
  IN_SEQUENCE,
  /** For both at the same time. */
  IN_PARALLEL,
  /**
   * For the reservation alone. While it is held, its customer cannot withdraw; so it answers for
   * both.
   */
  IN_ONE_CALL
}

package org.ticketing.tcc;

import java.util.UUID;

/**
 * A branch that has been tried, as its row in the fence shows it.
 *
 * @param orphaned whether it was taken away from Seata's server: only the payment's record ends it
 */
record Branch(String xid, long id, String action, UUID paymentId, boolean orphaned) {

  /** The name of the payment's id in the data of every branch. */
  static final String PAYMENT_ID = "paymentId";

  private static final String SEPARATOR = " ";

  /** What the fence keeps as the name of the action. */
  static String name(String action, Object paymentId) {
    return action + SEPARATOR + paymentId;
  }

  /**
   * @param name from {@link #name}
   */
  static Branch named(String xid, long id, String name, boolean orphaned) {
    String[] parts = name.split(SEPARATOR);
    return new Branch(xid, id, parts[0], UUID.fromString(parts[1]), orphaned);
  }

  @Override
  public String toString() {
    return "Branch %d of %s (%s)".formatted(id, xid, name(action, paymentId));
  }
}

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
    return new Branch(xid, id, action(name), payment(name), orphaned);
  }

  static String action(String name) {
    return name.split(SEPARATOR)[0];
  }

  /** Null if the name has none, because the branch was cancelled before it was tried. */
  static UUID payment(String name) {
    String[] parts = name.split(SEPARATOR);
    return parts.length > 1 ? UUID.fromString(parts[1]) : null;
  }

  @Override
  public String toString() {
    return "Branch %d of %s (%s)".formatted(id, xid, name(action, paymentId));
  }
}

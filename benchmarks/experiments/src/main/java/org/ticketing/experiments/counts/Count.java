package org.ticketing.experiments.counts;

/**
 * How often something happened for a payment.
 *
 * @param where the process or server that did it, or was called
 * @param kind what was done: an endpoint, a message, a kind of statement, whose forced writes
 * @param perPayment until the payment was answered, without what also happens when nobody pays
 * @param afterwards by what follows the payment, in the same way
 * @param idlePerSecond how often it happened when nobody paid, which was taken off
 */
public record Count(
    Unit unit,
    String where,
    String kind,
    double perPayment,
    double afterwards,
    double idlePerSecond) {

  /** The kind of what a server forces although nobody waits for it. */
  static final String IN_BACKGROUND = "in background";

  /** What is counted. */
  public enum Unit {
    FORCED_WRITE,
    /** A request and its answer. */
    CALL,
    STATEMENT,
    LOG_BYTE
  }
}

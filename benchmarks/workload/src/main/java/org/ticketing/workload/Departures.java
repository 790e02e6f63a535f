package org.ticketing.workload;

/**
 * What became of customers who withdrew, and went on trying to pay.
 *
 * @param customers how many withdrew
 * @param paid payments that they completed after the answer to their withdrawal
 * @param longestStaleMillis after that answer the last payment was sent that was not refused for
 *     what is looked up before a payment; 0 if there was none
 */
public record Departures(int customers, int paid, long longestStaleMillis) {

  public static final Departures NONE = new Departures(0, 0, 0);

  /** Both together. */
  public Departures plus(Departures other) {
    return new Departures(
        customers + other.customers,
        paid + other.paid,
        Math.max(longestStaleMillis, other.longestStaleMillis));
  }
}

package org.ticketing.workload;

/**
 * What became of customers who withdrew, and went on trying to pay.
 *
 * @param customers how many withdrew
 * @param paid payments that they completed after the answer to their withdrawal
 * @param longestPaidMillis after that answer the last of these was sent; 0 if there were none
 * @param longestStaleMillis after that answer the last payment was sent that was not refused for
 *     what is looked up before a payment; 0 if there was none
 */
public record Departures(int customers, int paid, long longestPaidMillis, long longestStaleMillis) {

  public static final Departures NONE = new Departures(0, 0, 0, 0);

  /** Both together. */
  public Departures plus(Departures other) {
    return new Departures(
        customers + other.customers,
        paid + other.paid,
        Math.max(longestPaidMillis, other.longestPaidMillis),
        Math.max(longestStaleMillis, other.longestStaleMillis));
  }
}

package org.ticketing.workload;

/** How a client asks for a payment. */
public enum PaymentWay {
  /** It waits for the answer to its request. */
  SYNCHRONOUS,

  /**
   * It has the payment accepted ({@code Prefer: respond-async}), and then asks what has become of
   * it until it has ended.
   */
  ASYNCHRONOUS
}

package org.ticketing.stack.system;

/**
 * The program that a service process runs.
 *
 * @param module the Maven module it is built in
 * @param mainClass its main class
 */
record Program(String module, String mainClass) {

  /** The program of the services that take no part in payments. */
  static final Program SHOP = new Program("common-domain", "org.ticketing.shop.ShopApplication");

  /** The program with the page of operators, which takes no part in payments. */
  static final Program TRACKER = new Program("tracker", "org.ticketing.tracker.TrackerApplication");
}

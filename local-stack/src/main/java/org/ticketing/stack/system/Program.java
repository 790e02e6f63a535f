package org.ticketing.stack.system;

/**
 * What a service process runs.
 *
 * @param module the Maven module it is built in
 * @param mainClass its main class
 */
public record Program(String module, String mainClass) {

  /** Of services that take no part in payments; the same in every system. */
  static final Program SHOP = new Program("common-domain", "org.ticketing.shop.ShopApplication");
}

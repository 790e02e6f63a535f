package org.ticketing.shop;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/**
 * A process whose services take no part in payments: the same program in every system. It hosts no
 * service of its own, so its package is empty but for this class.
 */
@TicketingApplication
public class ShopApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }
}

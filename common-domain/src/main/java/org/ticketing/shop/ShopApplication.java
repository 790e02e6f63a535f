package org.ticketing.shop;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/**
 * A process whose services take no part in payments. It is the same program in every system. Its
 * package contains nothing else, because a process brings in the components of its own package.
 */
@TicketingApplication
public class ShopApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }
}

package org.ticketing.shop;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** Hosts the services that {@code ticketing.services} names. */
@TicketingApplication
public class ShopApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }
}

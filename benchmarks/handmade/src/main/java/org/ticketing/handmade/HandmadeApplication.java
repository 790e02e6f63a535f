package org.ticketing.handmade;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process of the system {@code handmade} that takes part in payments. */
@TicketingApplication
class HandmadeApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(HandmadeApplication.class, arguments);
  }
}

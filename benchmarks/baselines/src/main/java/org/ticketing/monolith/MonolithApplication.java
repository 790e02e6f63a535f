package org.ticketing.monolith;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** The process of all services. */
@TicketingApplication
class MonolithApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(MonolithApplication.class, arguments);
  }
}

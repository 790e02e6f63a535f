package org.ticketing.choreography;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process whose payments are made by services that react to each other's events. */
@TicketingApplication
class ChoreographyApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ChoreographyApplication.class, arguments);
  }
}

package org.ticketing.uncoordinated;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process whose payments are made without a coordinator. */
@TicketingApplication
class UncoordinatedApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(UncoordinatedApplication.class, arguments);
  }
}

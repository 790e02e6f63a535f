package org.ticketing.tcc;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process whose payments are made by TCC. */
@TicketingApplication
class TccApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(TccApplication.class, arguments);
  }
}

package org.ticketing.xa;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process whose payments are made by XA. */
@TicketingApplication
class XaApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(XaApplication.class, arguments);
  }
}

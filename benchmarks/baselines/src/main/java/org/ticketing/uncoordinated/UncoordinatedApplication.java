package org.ticketing.uncoordinated;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

@TicketingApplication
public class UncoordinatedApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(UncoordinatedApplication.class, arguments);
  }
}

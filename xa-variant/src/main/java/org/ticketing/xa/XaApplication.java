package org.ticketing.xa;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

@TicketingApplication
public class XaApplication {

  public static void main(String[] args) {
    SpringApplication.run(XaApplication.class, args);
  }
}

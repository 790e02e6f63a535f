package org.ticketing.saga;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process whose payments are made by a saga. */
@TicketingApplication
class SagaApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SagaApplication.class, arguments);
  }
}

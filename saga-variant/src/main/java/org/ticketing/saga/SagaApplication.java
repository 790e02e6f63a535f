package org.ticketing.saga;

import org.springframework.boot.SpringApplication;
import org.ticketing.platform.TicketingApplication;

/** A process of the saga variant. Only the one that hosts payments knows Seata. */
@TicketingApplication
class SagaApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SagaApplication.class, arguments);
  }
}

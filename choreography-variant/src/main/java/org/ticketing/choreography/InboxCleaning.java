package org.ticketing.choreography;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what the inbox need not know any more. Several processes may do so at the same time. */
@Component
class InboxCleaning {

  private final Inbox inbox;

  InboxCleaning(Inbox inbox) {
    this.inbox = inbox;
  }

  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
  void clean() {
    inbox.forgetOld();
  }
}

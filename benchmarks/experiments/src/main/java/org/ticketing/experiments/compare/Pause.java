package org.ticketing.experiments.compare;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ticketing.stack.system.TicketingSystem;

/** Keeps the processes of a system where they are while others are measured. */
final class Pause {

  /** After a pause: timers that ran out meanwhile close connections that were idle for too long. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final TicketingSystem system;
  private boolean begun;

  Pause(TicketingSystem system) {
    this.system = system;
  }

  /** Idempotent. */
  void begin() {
    system.pause();
    begun = true;
  }

  /** Idempotent. */
  void end() throws InterruptedException {
    if (begun) {
      system.resume();
      begun = false;
      TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
    }
  }
}

package org.ticketing.platform;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a crowd do something expensive a few at a time, and sends away who waits too long. */
public final class Turnstile {

  private static final long PATIENCE_SECONDS = 5;

  private final Semaphore turns;

  public Turnstile(int atOnce) {
    this.turns = new Semaphore(atOnce);
  }

  /**
   * @throws ServiceUnavailable no turn came in time
   */
  public <T> T pass(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ServiceUnavailable("Too many are asking for this at once; try again.");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailable("The service is stopping.", stopping);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}

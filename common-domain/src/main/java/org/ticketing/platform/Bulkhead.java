package org.ticketing.platform;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only a few threads at once into an expensive piece of work. Others wait for their turn, and
 * are refused when it does not come in time. (Spring's {@code @ConcurrencyLimit} either waits
 * without an end or refuses at once.)
 */
public final class Bulkhead {

  private static final long LONGEST_WAIT_SECONDS = 5;

  private final Semaphore turns;

  public Bulkhead(int atOnce) {
    this.turns = new Semaphore(atOnce);
  }

  /**
   * @throws ServiceUnavailable no turn came in time
   */
  public <T> T call(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
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

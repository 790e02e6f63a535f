package org.ticketing.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only a few threads at once into an expensive piece of work. Others wait for their turn, and
 * are refused when it does not come in time. (Spring's {@code @ConcurrencyLimit} either waits
 * without an end or refuses at once.)
 */
public final class Bulkhead {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Semaphore turns;
  private final Duration longestWait;

  public Bulkhead(int atOnce) {
    this(atOnce, LONGEST_WAIT);
  }

  /**
   * @param longestWait for a turn; with 0, others are refused at once
   */
  public Bulkhead(int atOnce, Duration longestWait) {
    this.turns = new Semaphore(atOnce);
    this.longestWait = longestWait;
  }

  /**
   * @throws ServiceUnavailable no turn came in time
   */
  public <T> T call(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
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

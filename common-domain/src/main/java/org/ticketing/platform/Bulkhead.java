package org.ticketing.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only a few threads at once into an expensive piece of work. Some more may wait for their
 * turn. Others are refused, and so are those whose turn does not come in time, so that the work
 * never keeps more threads busy than these. (Spring's {@code @ConcurrencyLimit} either waits
 * without an end or refuses at once.)
 */
public final class Bulkhead {

  private final Semaphore places;
  private final Semaphore turns;
  private final Duration longestWait;

  /**
   * @param atOnce how many may do the work at the same time
   * @param waiting how many more may wait for their turn
   */
  public Bulkhead(int atOnce, int waiting, Duration longestWait) {
    this.places = new Semaphore(atOnce + waiting);
    this.turns = new Semaphore(atOnce, true);
    this.longestWait = longestWait;
  }

  /**
   * @throws Overloaded there is no place to wait, or no turn came in time
   */
  public <T> T call(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new Overloaded();
    }
    try {
      return inTurn(work);
    } finally {
      places.release();
    }
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Overloaded();
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

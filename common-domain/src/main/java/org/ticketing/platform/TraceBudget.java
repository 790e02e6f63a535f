package org.ticketing.platform;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many traces a process begins. At a low load it is enough for every request, and at a high one
 * it bounds what traces cost, which a share of the requests does not.
 */
final class TraceBudget {

  /** How many may begin at once after a pause. */
  static final int AT_ONCE = 10;

  /** Keeps {@link #AT_ONCE} of them within a long. */
  private static final long LONGEST_INTERVAL = TimeUnit.DAYS.toNanos(365);

  private final long interval;
  private final LongSupplier clock;

  /** When the oldest trace that has not begun became due; at most {@link #AT_ONCE} ago. */
  private final AtomicLong due;

  /**
   * @param perSecond on average; 0 for none
   */
  TraceBudget(double perSecond) {
    this(perSecond, System::nanoTime);
  }

  /**
   * @param clock in ns, from any origin
   */
  TraceBudget(double perSecond, LongSupplier clock) {
    this.interval =
        perSecond == 0
            ? Long.MAX_VALUE
            : (long) Math.min(LONGEST_INTERVAL, TimeUnit.SECONDS.toNanos(1) / perSecond);
    this.clock = clock;
    this.due = new AtomicLong(isEmpty() ? 0 : clock.getAsLong() - AT_ONCE * interval);
  }

  /** Whether there is never any. */
  boolean isEmpty() {
    return interval == Long.MAX_VALUE;
  }

  /** Takes one trace of it, if there is one. */
  boolean take() {
    if (isEmpty()) {
      return false;
    }
    while (true) {
      long now = clock.getAsLong();
      long before = due.get();
      // Another thread may have read the clock later, and taken a trace already.
      long waiting = Math.max(0, Math.min(now - before, AT_ONCE * interval));
      if (waiting < interval) {
        return false;
      }
      if (due.compareAndSet(before, now - waiting + interval)) {
        return true;
      }
    }
  }
}

package org.ticketing.workload;

import java.time.Duration;

/**
 * Lets tasks begin at most so many times a second, also after a stall: what was missed is not made
 * up for. Safe for several threads.
 */
public final class Pace {

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final long interval;
  private final OpenLoop.Clock clock;
  private long next;

  private Pace(long interval, OpenLoop.Clock clock) {
    this.interval = interval;
    this.clock = clock;
    this.next = clock.nanos();
  }

  /** Lets all tasks begin at once. */
  public static Pace unbounded() {
    return new Pace(0, new OpenLoop.SystemClock());
  }

  public static Pace perSecond(double tasks) {
    return perSecond(tasks, new OpenLoop.SystemClock());
  }

  static Pace perSecond(double tasks, OpenLoop.Clock clock) {
    return new Pace((long) (NANOS / tasks), clock);
  }

  /** Returns when it is the next task's turn. */
  void await() throws InterruptedException {
    clock.awaitNanos(turn());
  }

  private synchronized long turn() {
    long turn = Math.max(next, clock.nanos());
    next = turn + interval;
    return turn;
  }
}

package org.ticketing.experiments.crash;

/**
 * What is called in another JVM instead of the JDK's own methods of the same names, so that its
 * clock can be behind. Only the JDK is known there.
 */
public final class BackwardClock {

  private static final long NANOS_A_MILLISECOND = 1_000_000;
  private static final long MILLIS_A_SECOND = 1_000;

  private static volatile long behindMillis;

  private BackwardClock() {}

  /** Sets how far the clock is behind from now on. */
  public static void set(long millis) {
    behindMillis = millis;
  }

  /** See {@link System#currentTimeMillis()}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() - behindMillis;
  }

  /** The nanoseconds since a time, as {@code java.time} asks the JDK for them. */
  public static long getNanoTimeAdjustment(long epochSecond) {
    return (currentTimeMillis() - epochSecond * MILLIS_A_SECOND) * NANOS_A_MILLISECOND;
  }
}

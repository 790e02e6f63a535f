package org.ticketing.workload;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * When the requests of an open loop are due, whatever became of those before them.
 *
 * @param duration in which all of them are due
 * @param dueNanos of each request, in nanoseconds since the begin, in ascending order
 */
public record Arrivals(Duration duration, long[] dueNanos) {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * At equal distances, the first at once.
   *
   * @param rate requests a second
   */
  public static Arrivals constant(double rate, Duration duration) {
    long requests = Math.round(rate * duration.toNanos() / NANOS);
    return new Arrivals(
        duration, LongStream.range(0, requests).map(i -> (long) (i * NANOS / rate)).toArray());
  }

  /**
   * Independent of each other, as those of many customers are: the times between them are
   * exponentially distributed. The number of requests varies with the seed.
   *
   * @param rate requests a second on average
   * @param seed the same seed gives the same arrivals, on every JVM
   */
  public static Arrivals poisson(double rate, Duration duration, long seed) {
    Random random = new Random(seed);
    return new Arrivals(
        duration,
        DoubleStream.iterate(gap(random, rate), at -> at + gap(random, rate))
            .takeWhile(at -> at < duration.toNanos())
            .mapToLong(at -> (long) at)
            .toArray());
  }

  private static double gap(Random random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate * NANOS;
  }

  /** How many requests there are. */
  public int count() {
    return dueNanos.length;
  }

  /** When a request is due, in nanoseconds since the begin. */
  long due(int request) {
    return dueNanos[request];
  }
}

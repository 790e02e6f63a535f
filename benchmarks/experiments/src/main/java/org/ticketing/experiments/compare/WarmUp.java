package org.ticketing.experiments.compare;

import java.util.List;
import org.ticketing.experiments.report.Ratio;

/**
 * How a system became warm. After many payments of all clients, rounds are played until the p50 of
 * one client is flat: the median of the last three rounds is no more than 5 % below that of the
 * three before them. Without the many, a disturbance of the machine can make a p50 look flat that
 * is still falling.
 *
 * <p>Where processor time is what is compared, more payments follow, until the compilers of the
 * JVMs have nearly come to an end: that takes several times as long as until the p50 is flat.
 *
 * @param payments sent until the p50 was flat, or in all rounds; and those that followed
 * @param flat false if the p50 did not become flat, and where latency is not measured
 * @param p50Micros of one client in each round; empty where latency is not measured
 */
public record WarmUp(int payments, double seconds, boolean flat, List<Long> p50Micros) {

  /** Payments before the p50 is looked at. */
  static final int FIRST = 6_000;

  /** With those that follow. After 13,000 of xa, a tenth of the time was still the compilers'. */
  static final int COMPILED = 20_000;

  private static final int ROUNDS = 3;
  private static final double TOLERANCE = 0.05;

  static boolean isFlat(List<Long> p50s) {
    int rounds = p50s.size();
    if (rounds < 2 * ROUNDS) {
      return false;
    }
    double before = median(p50s.subList(rounds - 2 * ROUNDS, rounds - ROUNDS));
    double last = median(p50s.subList(rounds - ROUNDS, rounds));
    return last >= (1 - TOLERANCE) * before;
  }

  /** Those of the rounds that tell whether it is flat; all, if there were no more. */
  static <T> List<T> lastOf(List<T> rounds) {
    return rounds.subList(Math.max(0, rounds.size() - ROUNDS), rounds.size());
  }

  private static double median(List<Long> values) {
    return Ratio.median(values.stream().mapToDouble(Long::doubleValue).toArray());
  }
}

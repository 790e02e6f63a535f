package org.ticketing.experiments.compare;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ticketing.experiments.load.LoadFigures;

/**
 * Where a system stops keeping up with the payments that are due.
 *
 * <p>A system sustains a rate if, in more than half of the repetitions, 99 of 100 payments are
 * answered within half a second of when they were due, and no more than one of 100 is not sent,
 * fails or stays unknown. Below its capacity a system answers in some tens of milliseconds; above
 * it the line of payments grows with every second, and with it the time that they take. The limit
 * lies between the two, far from both. The knee of a system is the highest rate that it sustains.
 */
final class Knee {

  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final double LOST = 0.01;

  private Knee() {}

  static boolean isSustained(List<LoadFigures> repetitions) {
    return 2 * repetitions.stream().filter(Knee::keptUp).count() > repetitions.size();
  }

  private static boolean keptUp(LoadFigures figures) {
    int lost =
        figures.notSent() + figures.answers().failedCount() + figures.answers().unknownCount();
    return lost <= LOST * figures.due()
        && figures.latency().p99Micros() <= TimeUnit.NANOSECONDS.toMicros(LIMIT.toNanos());
  }
}

package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private static final Duration DURATION = Duration.ofMinutes(10);
  private static final double RATE = 100;
  private static final int EXPECTED = 60_000;

  @Test
  void constantArrivalsAreAtEqualDistancesFromTheBeginOn() {
    assertThat(Arrivals.constant(4, Duration.ofSeconds(1)).dueNanos())
        .containsExactly(0, 250_000_000, 500_000_000, 750_000_000);
  }

  @Test
  void constantArrivalsDoNotDriftFromTheirRate() {
    Arrivals thirds = Arrivals.constant(3, DURATION);

    assertThat(thirds.count()).isEqualTo(1800);
    assertThat(thirds.due(1797)).isEqualTo(TimeUnit.SECONDS.toNanos(599));
  }

  @Test
  void aRateBelowOneASecondHasArrivalsToo() {
    assertThat(Arrivals.constant(0.5, Duration.ofSeconds(4)).dueNanos())
        .containsExactly(0, TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void poissonArrivalsHaveTheRateThatWasAskedFor() {
    for (long seed = 0; seed < 10; seed++) {
      // Five standard deviations of the count, which is Poisson distributed.
      assertThat((double) Arrivals.poisson(RATE, DURATION, seed).count())
          .isCloseTo(EXPECTED, within(5 * Math.sqrt(EXPECTED)));
    }
  }

  @Test
  void poissonArrivalsAreAscendingAndWithinTheDuration() {
    assertThat(LongStream.of(Arrivals.poisson(RATE, DURATION, 1).dueNanos()).boxed().toList())
        .isSorted()
        .allMatch(due -> due >= 0 && due < DURATION.toNanos());
  }

  @Test
  void theTimesBetweenPoissonArrivalsVaryAsMuchAsTheirMean() {
    Arrivals arrivals = Arrivals.poisson(RATE, DURATION, 1);
    double mean = gaps(arrivals).average().orElseThrow();
    double variance =
        gaps(arrivals).mapToDouble(gap -> (gap - mean) * (gap - mean)).average().orElseThrow();

    assertThat(Math.sqrt(variance) / mean).isCloseTo(1, within(0.05));
  }

  @Test
  void theSameSeedGivesTheSameArrivals() {
    long[] arrivals = Arrivals.poisson(RATE, DURATION, 7).dueNanos();

    assertThat(Arrivals.poisson(RATE, DURATION, 7).dueNanos()).isEqualTo(arrivals);
    assertThat(Arrivals.poisson(RATE, DURATION, 8).dueNanos()).isNotEqualTo(arrivals);
  }

  private static LongStream gaps(Arrivals arrivals) {
    return IntStream.range(1, arrivals.count())
        .mapToLong(i -> arrivals.due(i) - arrivals.due(i - 1));
  }
}

package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceBudgetTest {

  /** So that the time is negative at first, and then not. */
  private final AtomicLong now = new AtomicLong(-Duration.ofSeconds(1).toNanos());

  private TraceBudget budget(double perSecond) {
    return new TraceBudget(perSecond, now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static long takenOf(TraceBudget budget, int requests) {
    return IntStream.range(0, requests).filter(request -> budget.take()).count();
  }

  @Test
  void aFewAreTakenAtOnceAndThenOneForEachInterval() {
    TraceBudget budget = budget(2);
    assertThat(takenOf(budget, 100)).isEqualTo(TraceBudget.AT_ONCE);

    pass(Duration.ofMillis(499));
    assertThat(takenOf(budget, 100)).isZero();
    pass(Duration.ofMillis(1));
    assertThat(takenOf(budget, 100)).isEqualTo(1);
    pass(Duration.ofMillis(1600));
    assertThat(takenOf(budget, 100)).isEqualTo(3);
    pass(Duration.ofMillis(400));
    assertThat(takenOf(budget, 100)).isEqualTo(1);
  }

  @Test
  void aPauseSavesNoMoreThanAFew() {
    TraceBudget budget = budget(1);
    pass(Duration.ofHours(1));

    assertThat(takenOf(budget, 100)).isEqualTo(TraceBudget.AT_ONCE);
  }

  @Test
  void requestsAtIntervalsAreAllTraced() {
    TraceBudget budget = budget(1);
    for (int request = 0; request < 100; request++) {
      assertThat(budget.take()).isTrue();
      pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void zeroIsNone() {
    TraceBudget budget = budget(0);
    pass(Duration.ofHours(1));

    assertThat(budget.isEmpty()).isTrue();
    assertThat(takenOf(budget, 100)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e10, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
  void moreThanCanBeCountedIsAll(double perSecond) {
    assertThat(takenOf(budget(perSecond), 1000)).isEqualTo(1000);
  }

  @Test
  void aThreadThatHasReadTheClockEarlierThanAnotherIsNotRefusedForThat() {
    TraceBudget budget = budget(Double.POSITIVE_INFINITY);
    assertThat(budget.take()).isTrue();
    pass(Duration.ofNanos(-1));

    assertThat(budget.take()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, Double.MIN_VALUE})
  void theLeastIsAFewAtFirst(double perSecond) {
    assertThat(takenOf(budget(perSecond), 100)).isEqualTo(TraceBudget.AT_ONCE);
  }

  @Test
  void threadsShareIt() {
    TraceBudget budget = budget(1);
    var taken = new AtomicInteger();
    IntStream.range(0, 10_000)
        .parallel()
        .filter(request -> budget.take())
        .forEach(request -> taken.incrementAndGet());

    assertThat(taken).hasValue(TraceBudget.AT_ONCE);
  }
}

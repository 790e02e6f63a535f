package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long INTERVAL = Duration.ofMillis(100).toNanos();

  private final FakeClock clock = new FakeClock();
  private final Pace pace = Pace.perSecond(10, clock);

  @Test
  void tasksBeginAtEqualDistances() throws Exception {
    assertThat(begins()).isZero();
    assertThat(begins()).isEqualTo(INTERVAL);
    assertThat(begins()).isEqualTo(2 * INTERVAL);
  }

  @Test
  void whatAStallHasMissedIsNotMadeUpFor() throws Exception {
    assertThat(begins()).isZero();
    clock.advance(10 * INTERVAL);
    assertThat(begins()).isEqualTo(10 * INTERVAL);
    assertThat(begins()).isEqualTo(11 * INTERVAL);
  }

  private long begins() throws InterruptedException {
    pace.await();
    return clock.nanos();
  }
}

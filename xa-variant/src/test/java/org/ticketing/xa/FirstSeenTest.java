package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstSeenTest {

  private static final BranchXid ONE = new BranchXid(1, "01", "01");
  private static final BranchXid OTHER = new BranchXid(1, "02", "02");

  private final Clock clock = mock();
  private final FirstSeen firstSeen = new FirstSeen(clock);

  @BeforeEach
  void start() {
    at(0);
  }

  @Test
  void aBranchIsAsOldAsItsFirstSight() {
    assertThat(firstSeen.ages(Set.of(ONE))).containsExactly(Duration.ZERO);
    at(20);
    assertThat(firstSeen.ages(Set.of(ONE, OTHER)))
        .containsExactlyInAnyOrder(Duration.ofSeconds(20), Duration.ZERO);
  }

  @Test
  void aBranchThatHasEndedIsForgotten() {
    firstSeen.ages(Set.of(ONE));
    firstSeen.ages(Set.of());
    at(20);
    assertThat(firstSeen.ages(Set.of(ONE))).containsExactly(Duration.ZERO);
  }

  private void at(int seconds) {
    when(clock.instant()).thenReturn(Instant.EPOCH.plusSeconds(seconds));
  }
}

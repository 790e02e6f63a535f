package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void takesTwiceThreeRoundsToTell() {
    assertThat(WarmUp.isFlat(List.of())).isFalse();
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 100L, 100L))).isFalse();
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 100L, 100L, 100L))).isTrue();
  }

  @Test
  void isNotOverWhileTheLastRoundsAreMuchFasterThanThoseBefore() {
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 94L, 94L, 94L))).isFalse();
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 95L, 95L, 95L))).isTrue();
  }

  @Test
  void isOverAlsoWhenTheLastRoundsAreSlower() {
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 110L, 110L, 110L))).isTrue();
  }

  @Test
  void looksAtTheLastRoundsOnly() {
    assertThat(WarmUp.isFlat(List.of(900L, 500L, 300L, 100L, 100L, 100L, 99L, 99L, 99L))).isTrue();
  }

  @Test
  void oneRoundThatWasDisturbedDoesNotDecide() {
    assertThat(WarmUp.isFlat(List.of(100L, 100L, 100L, 90L, 500L, 90L))).isFalse();
    assertThat(WarmUp.isFlat(List.of(100L, 900L, 100L, 100L, 10L, 100L))).isTrue();
  }
}

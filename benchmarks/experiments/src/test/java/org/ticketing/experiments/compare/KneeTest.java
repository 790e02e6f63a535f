package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.load.LoadFigures;

class KneeTest {

  private static final LoadFigures FAST = Loads.completed(5, 499);
  private static final LoadFigures SLOW = Loads.completed(5, 501);

  @Test
  void aRateIsSustainedIf99Of100AreAnsweredWithinHalfASecond() {
    assertThat(Knee.isSustained(List.of(FAST))).isTrue();
    assertThat(Knee.isSustained(List.of(SLOW))).isFalse();
  }

  @Test
  void oneOf100MayBeLost() {
    assertThat(Knee.isSustained(List.of(Loads.lost(1, 1)))).isTrue();
    assertThat(Knee.isSustained(List.of(Loads.lost(1, 2)))).isFalse();
  }

  @Test
  void whatCouldNotBeSentIsLost() {
    assertThat(Knee.isSustained(List.of(Loads.notSent(3)))).isFalse();
  }

  @Test
  void moreThanHalfOfTheRepetitionsDecide() {
    assertThat(Knee.isSustained(List.of(FAST, SLOW, FAST))).isTrue();
    assertThat(Knee.isSustained(List.of(FAST, SLOW))).isFalse();
  }
}

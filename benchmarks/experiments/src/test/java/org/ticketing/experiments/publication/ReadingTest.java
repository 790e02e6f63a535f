package org.ticketing.experiments.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void aShareHasItsInterval() {
    Reading reading = Reading.share(10, 100).orElseThrow();

    assertThat(reading.value()).isEqualTo(0.1);
    assertThat(reading.min()).isCloseTo(0.0552, within(0.0001));
    assertThat(reading.max()).isCloseTo(0.1744, within(0.0001));
    assertThat(reading.text()).isEqualTo("10 of 100 (5.5-17.4 %)");
  }

  @Test
  void nothingOfNothingIsNoShare() {
    assertThat(Reading.share(0, 0)).isEmpty();
  }

  @Test
  void figuresWhoseRangesOverlapAreNotToldApart() {
    assertThat(new Reading(1, 0.9, 1.3, "").isClearlyBelow(new Reading(1.5, 1.2, 1.8, "")))
        .isFalse();
  }

  @Test
  void figuresWithinTheToleranceAreNotToldApart() {
    assertThat(Reading.once(1, "").isClearlyBelow(Reading.once(1.09, ""))).isFalse();
    assertThat(Reading.once(1, "").isClearlyBelow(Reading.once(1.11, ""))).isTrue();
  }

  @Test
  void figuresThatNoiseSetsApartAreNotToldApart() {
    assertThat(Reading.once(1, "").isClearlyBelow(Reading.once(1.4, ""), 1.5)).isFalse();
    assertThat(Reading.once(1, "").isClearlyBelow(Reading.once(1.6, ""), 1.5)).isTrue();
  }

  @Test
  void whatDoesNotEndIsLongerThanAnyTime() {
    Reading endless = Reading.once(Double.POSITIVE_INFINITY, "");

    assertThat(Reading.once(1e9, "").isClearlyBelow(endless)).isTrue();
    assertThat(endless.isClearlyBelow(endless)).isFalse();
  }
}

package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.load.LoadFigures;
import org.ticketing.experiments.load.Percentiles;
import org.ticketing.experiments.report.Ratio;

class SweepRunTest {

  private static final List<LoadFigures> YARDSTICK =
      List.of(Loads.completed(10, 20), Loads.completed(20, 40));

  @Test
  void ratiosAreTakenWithinARepetition() {
    List<LoadFigures> own = List.of(Loads.completed(20, 60), Loads.completed(20, 60));

    assertThat(SweepRun.ratio(own, YARDSTICK, Percentiles::p50Micros))
        .isEqualTo(new Ratio(1.5, 1, 2));
    assertThat(SweepRun.ratio(own, YARDSTICK, Percentiles::p99Micros))
        .isEqualTo(new Ratio(2.25, 1.5, 3));
  }

  @Test
  void thereIsNoRatioWhereTheYardstickWasNotPlayedOrNothingWasAnswered() {
    List<LoadFigures> nothing = List.of(Loads.notSent(200), Loads.notSent(200));

    assertThat(SweepRun.ratio(YARDSTICK, List.of(), Percentiles::p50Micros)).isNull();
    assertThat(SweepRun.ratio(nothing, YARDSTICK, Percentiles::p50Micros)).isNull();
    assertThat(SweepRun.ratio(YARDSTICK, nothing, Percentiles::p50Micros)).isNull();
  }
}

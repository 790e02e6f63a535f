package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.compare.Results.Rates;

class RateGridTest {

  @Test
  void ratesRiseByTheSameFactorFromAFifthOfTheCapacityOfTheYardstickFarBeyondIt() {
    List<Double> rates = RateGrid.of(1000, List.of(1000.0, 500.0)).steps();

    assertThat(rates.get(0)).isEqualTo(200);
    assertThat(rates.get(rates.size() - 1)).isBetween(2900.0, 4000.0);
    for (int step = 1; step < rates.size(); step++) {
      assertThat(rates.get(step) / rates.get(step - 1)).isCloseTo(1.35, within(0.01));
    }
  }

  @Test
  void allSystemsSustainTheBaseRate() {
    assertThat(RateGrid.of(100, List.of(300.0, 100.0, 50.0)).base()).isEqualTo(20);
  }

  @Test
  void aSlowMachineHasFewerRatesButNoneTwice() {
    Rates rates = RateGrid.of(5, List.of(5.0, 1.0));

    assertThat(rates.steps()).doesNotHaveDuplicates().first().isEqualTo(5.0);
    assertThat(rates.base()).isEqualTo(5);
  }
}

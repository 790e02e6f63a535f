package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.experiments.compare.PlannedSweep.PlannedStep;
import org.ticketing.experiments.compare.Results.Rates;

class PlannedSweepTest {

  private static final Rates RATES = new Rates(100, 20, List.of(20.0, 27.0, 36.0));
  private static final SweepSettings SETTINGS =
      new SweepSettings(Duration.ofSeconds(10), Duration.ofSeconds(2), 2, 64);

  @Test
  void theRatesAreThoseThatWereChosen() {
    assertThat(sweep(ComparisonPart.RATES).steps())
        .extracting(step -> step.load().rate())
        .containsExactly(20.0, 27.0, 36.0);
  }

  @Test
  void contentionRisesAsWalletsBecomeFewer() {
    assertThat(sweep(ComparisonPart.WALLETS).steps())
        .extracting(step -> step.load().sold().wallets())
        .containsExactly(1, 10, 200);
  }

  @Test
  void distanceBeginsWithRelaysThatDoNotDelay() {
    assertThat(sweep(ComparisonPart.DISTANCE).steps())
        .extracting(step -> step.load().roundTrip())
        .containsExactly(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"WALLETS", "REFUSALS", "READERS", "DISTANCE"})
  void onlyOneThingIsVaried(ComparisonPart part) {
    List<PlannedStep> steps = sweep(part).steps();

    assertThat(steps).extracting(step -> step.load().rate()).containsOnly(20.0);
    assertThat(
            List.of(
                steps.stream().map(PlannedStep::readers).distinct().count(),
                steps.stream().map(step -> step.load().sold()).distinct().count(),
                steps.stream().map(step -> step.load().roundTrip()).distinct().count()))
        .filteredOn(values -> values > 1)
        .hasSize(1);
  }

  private static PlannedSweep sweep(ComparisonPart part) {
    return PlannedSweep.of(part, RATES, SETTINGS);
  }
}

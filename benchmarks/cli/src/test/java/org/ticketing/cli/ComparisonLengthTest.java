package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.experiments.compare.ComparisonPart.COUNTS;
import static org.ticketing.experiments.compare.ComparisonPart.DISTANCE;
import static org.ticketing.experiments.compare.ComparisonPart.LEVERS;
import static org.ticketing.experiments.compare.ComparisonPart.OBSERVABILITY;
import static org.ticketing.experiments.compare.ComparisonPart.ROUNDS;
import static org.ticketing.experiments.compare.ComparisonPart.TRACKING;
import static org.ticketing.experiments.compare.ComparisonPart.UPHEAVALS;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ComparisonLengthTest {

  @Test
  void aComparisonIsRoundsUnlessItIsFull() {
    assertThat(length().parts()).containsExactly(ROUNDS);
    assertThat(length("--quick").parts()).containsExactly(ROUNDS);
  }

  @Test
  void aFullOneHasThePartsThatCompareSystemsWithEachOther() {
    assertThat(length("--full").parts())
        .contains(ROUNDS, DISTANCE, COUNTS)
        .doesNotContain(UPHEAVALS, OBSERVABILITY, TRACKING, LEVERS);
  }

  private static ComparisonLength length(String... options) {
    return CommandLine.populateCommand(new ComparisonLength(), options);
  }
}

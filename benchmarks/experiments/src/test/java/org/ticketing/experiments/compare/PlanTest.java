package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.experiments.compare.ComparisonPart.COUNTS;
import static org.ticketing.experiments.compare.ComparisonPart.LEVERS;
import static org.ticketing.experiments.compare.ComparisonPart.ROUNDS;
import static org.ticketing.experiments.compare.ComparisonPart.TRACKING;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

class PlanTest {

  @Test
  void theYardstickIsAmongSystemsThatAreComparedWithEachOther() {
    assertThat(compared(ROUNDS)).containsExactly("uncoordinated", "xa", "tcc");
    assertThat(compared(COUNTS)).containsExactly("uncoordinated", "xa", "tcc");
    assertThat(compared(ROUNDS, LEVERS)).containsExactly("uncoordinated", "xa", "tcc");
  }

  @Test
  void theYardstickIsNotAddedWhereEachSystemIsComparedWithItselfAlone() {
    assertThat(compared(LEVERS, TRACKING)).containsExactly("xa", "tcc");
  }

  private static List<String> compared(ComparisonPart... parts) {
    return Plan.compared(Stream.of("tcc", "xa").map(Systems::named).toList(), List.of(parts))
        .stream()
        .map(SystemDescription::name)
        .toList();
  }
}

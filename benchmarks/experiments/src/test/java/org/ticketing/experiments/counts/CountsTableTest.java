package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.stack.system.ProtocolCost;
import org.ticketing.stack.system.ProtocolCost.Minimum;
import org.ticketing.stack.system.ProtocolCost.SerialPath;

class CountsTableTest {

  private static final Counts COUNTS =
      new Counts(
          "xa",
          new ProtocolCost(new Minimum(7, 6), new SerialPath(6, 3)),
          new Part(
              200,
              List.of(
                  new Count(Unit.FORCED_WRITE, "postgresql", "log", 4, 0.5, 0),
                  new Count(Unit.FORCED_WRITE, "postgresql", Count.IN_BACKGROUND, 0.125, 0, 0.25),
                  new Count(Unit.FORCED_WRITE, "payment", "log", 1, 0, 0),
                  new Count(Unit.CALL, "payment", "POST /payments", 1, 0, 0),
                  new Count(Unit.CALL, "shop", "GET /users/{}", 1, 0, 0),
                  new Count(Unit.CALL, "point", "POST /uses", 1, 0, 0),
                  new Count(Unit.STATEMENT, "mysql", "SELECT", 3, 0, 0))),
          new Part(50, List.of(new Count(Unit.CALL, "point", "POST /refunds", 1, 0, 0))),
          List.of("the weather"));

  @Test
  void whatTheProtocolNeedsIsBesideWhatIsCounted() {
    assertThat(CountsTable.of(List.of(COUNTS)).lines())
        .anyMatch(
            line -> line.matches("xa +5\\.00 +7 +1\\.00 +6 +1\\.00 +3\\.00 +0 +0\\.00 +1\\.00"));
  }

  @Test
  void callsOfWhichSomeAreMissingAreNotShown() {
    var counts =
        new Counts(
            "xa",
            COUNTS.atLeast(),
            COUNTS.completed(),
            COUNTS.refusedLate(),
            List.of(Counts.CALLS + "the Kafka broker"));

    assertThat(CountsTable.of(List.of(counts)).lines())
        .anyMatch(line -> line.matches("xa +5\\.00 +7 +- +6 +1\\.00 +3\\.00 +0 +0\\.00 +-"))
        .contains("xa: not counted: calls to the Kafka broker.");
  }

  @Test
  void whatIsNotCountedIsSaid() {
    assertThat(CountsTable.of(List.of(COUNTS)).lines()).contains("xa: not counted: the weather.");
  }
}

package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Counts.Part;

class BackgroundTest {

  private static final long SECOND = 1_000_000_000;

  private static final Background BACKGROUND =
      new Background(reading(0, Map.of("INSERT", 0L)), reading(10, Map.of("INSERT", 20L)));

  private static final Background AFTERWARDS =
      new Background(reading(30, Map.of("INSERT", 400L)), reading(40, Map.of("INSERT", 410L)));

  @Test
  void whatHappensWhenNobodyPaysIsTakenOff() {
    Part part =
        BACKGROUND.part(
            100,
            reading(15, Map.of("INSERT", 330L, "UPDATE", 200L)),
            AFTERWARDS,
            reading(25, Map.of("INSERT", 390L, "UPDATE", 200L)));

    assertThat(part.counts())
        .extracting(Count::kind, Count::idlePerSecond)
        .containsExactly(tuple("INSERT", 2.0), tuple("UPDATE", 0.0));
    assertThat(part.counts().get(0).perPayment()).isCloseTo(3, within(1e-9));
    assertThat(part.counts().get(0).afterwards()).isCloseTo(0.5, within(1e-9));
    assertThat(part.counts().get(1).perPayment()).isCloseTo(2, within(1e-9));
  }

  @Test
  void whatDidNotHappenIsLeftOut() {
    Reading same = reading(10, Map.of("INSERT", 20L));

    assertThat(BACKGROUND.part(1, same, AFTERWARDS, same).counts()).isEmpty();
  }

  private static Reading reading(long second, Map<String, Long> statements) {
    Reading reading = new Reading(second * SECOND);
    statements.forEach((kind, count) -> reading.add(Unit.STATEMENT, "payment", kind, count));
    return reading;
  }
}

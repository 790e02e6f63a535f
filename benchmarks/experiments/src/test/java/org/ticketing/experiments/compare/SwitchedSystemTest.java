package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.compare.Cost.Kind;
import org.ticketing.experiments.compare.Cost.OfProcess;
import org.ticketing.experiments.compare.Results.Part;
import org.ticketing.experiments.compare.Results.Round;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Tally;
import org.ticketing.workload.Tally.Answers;
import org.ticketing.workload.Tally.Latency;

class SwitchedSystemTest {

  private static final Sightings NOTHING = new Sightings(new FracturedReads(0, 0, 0, 0, 0, 0), 0);

  private final List<Round> off =
      List.of(
          accounting(1, 10, 4, 2.0),
          latency(1, 2000),
          capacity(1, 100),
          accounting(2, 20, 4, 4.0),
          latency(2, 1000),
          capacity(2, 50));

  private final List<Round> on =
      List.of(
          accounting(1, 11, 4, 3.0),
          latency(1, 3000),
          capacity(1, 90),
          accounting(2, 20, 8, 2.0),
          latency(2, 1000),
          capacity(2, 50));

  @Test
  void aSystemIsComparedWithItselfInTheSameRound() {
    SwitchedSystem cost = SwitchedSystem.of("xa", on, off, true);

    assertThat(cost.system()).isEqualTo("xa");
    assertThat(cost.offMillis()).isEqualTo(15);
    assertThat(cost.services()).isEqualTo(new Ratio(1.05, 1, 1.1));
    assertThat(cost.withoutCompilers()).isEqualTo(Ratio.of(List.of(8.0 / 8, 18.0 / 16)));
    assertThat(cost.all()).isEqualTo(Ratio.of(List.of(15.0 / 14, 28.0 / 24)));
    assertThat(cost.throughput()).isEqualTo(new Ratio(0.95, 0.9, 1));
    assertThat(cost.p50()).isEqualTo(new Ratio(1.25, 1, 1.5));
  }

  @Test
  void aSystemThatIsNotWarmHasNoRatiosButThoseOfProcessorTime() {
    SwitchedSystem cost = SwitchedSystem.of("xa", on, off, false);

    assertThat(cost.throughput()).isNull();
    assertThat(cost.p50()).isNull();
    assertThat(cost.services()).isNotNull();
  }

  @Test
  void aSystemThatWasBecomingWarmCanBeTakenWithoutAnyRatio() {
    assertThat(SwitchedSystem.of("xa", on, off, true).withoutRatios())
        .isEqualTo(new SwitchedSystem("xa", 15, null, null, null, null, null));
  }

  @Test
  void compilersWhoseTimeIsNotKnownAreNotLeftOut() {
    List<Round> unknown = List.of(accounting(1, 11, 4, null), accounting(2, 20, 8, 2.0));

    assertThat(SwitchedSystem.of("xa", unknown, off, false).withoutCompilers()).isNull();
    assertThat(SwitchedSystem.of("xa", unknown, off, false).services())
        .isEqualTo(new Ratio(1.05, 1, 1.1));
  }

  private static Round accounting(int number, double services, double databases, Double compilers) {
    Cost cost =
        new Cost(
            100,
            List.of(
                new OfProcess("payment", Kind.SERVICE, services, 0, compilers),
                new OfProcess("postgresql", Kind.DATABASE, databases, 0, null)));
    return new Round(number, Part.ACCOUNTING, tally(1000, 10), cost, NOTHING);
  }

  private static Round latency(int number, long p50Micros) {
    return new Round(number, Part.LATENCY, tally(p50Micros, 10), null, NOTHING);
  }

  private static Round capacity(int number, double throughput) {
    return new Round(number, Part.CAPACITY, tally(1000, throughput), null, NOTHING);
  }

  private static Tally tally(long p50Micros, double throughput) {
    return new Tally(
        100,
        new Answers(100, Map.of(), Map.of(), Map.of()),
        0,
        1,
        throughput,
        new Latency(p50Micros, 0, 0, 0),
        null);
  }
}

package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.workload.Departures;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/** The levers in the system that starts fastest. Its look-ups are calls within the process. */
class LeverRoundsIT {

  private static final SystemDescription SYSTEM = Systems.named("monolith");

  private static final Plan PLAN =
      new Plan(
          List.of(SYSTEM.name()),
          false,
          List.of(ComparisonPart.LEVERS),
          new Settings(
              false,
              1,
              60,
              1,
              1,
              StackOptions.QUICK_COMPILER,
              new Workload(40, 8, new Mix(0, 0.1, 0, 0, 1))),
          new SweepSettings(Duration.ofSeconds(2), Duration.ZERO, 1, 32),
          false);

  @Test
  void aWithdrawnUserIsTakenForActiveByACacheAloneAndNeverPays() throws Exception {
    LeveredSystem found = found();

    assertThat(found.none().consequences().departures()).isEqualTo(new Departures(4, 0, 0));
    assertThat(found.levers())
        .extracting(Pulled::lever)
        .containsExactly("in-parallel", "in-one-call", "in-batches", "cached", "asynchronous");
    Map<String, Departures> departures =
        found.levers().stream()
            .collect(Collectors.toMap(Pulled::lever, one -> one.consequences().departures()));
    assertThat(departures.values()).extracting(Departures::customers).containsOnly(4);
    assertThat(departures.values()).extracting(Departures::paid).containsOnly(0);
    assertThat(departures.get("cached").longestStaleMillis()).isPositive();
    departures.remove("cached");
    assertThat(departures.values()).extracting(Departures::longestStaleMillis).containsOnly(0L);
    assertThat(found.levers()).extracting(Pulled::services).doesNotContainNull();
    assertThat(found.levers()).extracting(Pulled::p50).containsOnlyNulls();
    assertThat(found.levers())
        .extracting(Pulled::consequences)
        .extracting(Consequences::calls)
        .containsOnly(0.0);
  }

  private static LeveredSystem found() throws Exception {
    try (LocalStack stack =
            LocalStack.start(
                StackOptions.forSystems(SYSTEM).withJvmOptions(StackOptions.QUICK_COMPILER));
        Sitting sitting = new Sitting(stack, PLAN, new Schedule(PLAN, Missing.all(PLAN)), SILENT)) {
      LeverRounds rounds = LeverRounds.enter(SYSTEM, sitting, stack.directory());
      rounds.play();
      assertThat(sitting.judge("history-levers"))
          .hasSize(1 + Lever.values().length)
          .allMatch(judged -> judged.judgement().asExpected());
      return rounds.found();
    }
  }

  private static final ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void accept(String line) {}

        @Override
        public void step(int done, int all, String what) {}
      };
}

package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ticketing.experiments.live.Order.Kill;
import org.ticketing.experiments.live.Run.Phase;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/** Two systems that share their databases, each with a load of two seconds and a kill in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveComparisonIT {

  private static final List<SystemDescription> SYSTEMS =
      Stream.of("xa", "tcc").map(Systems::named).toList();

  private LocalStack stack;
  private RunningSystems systems;
  private Performances performances;

  @BeforeAll
  void start() throws InterruptedException {
    stack =
        LocalStack.start(
            StackOptions.forSystems(SYSTEMS).withJvmOptions(StackOptions.QUICK_COMPILER));
    systems = RunningSystems.start(stack, SYSTEMS, system -> Optional.empty());
    performances = new Performances(systems);
  }

  @AfterAll
  void stop() {
    if (performances != null) {
      performances.close();
    }
    if (systems != null) {
      systems.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void isCleanAgainAfterAParticipantOfEachWasKilled() {
    play(new Order(5, 2, 20, new Kill("point", 1)));

    assertThat(performances.shown().systems())
        .hasSize(2)
        .allSatisfy(LiveComparisonIT::isCleanAgain);
  }

  @Test
  void isCleanAgainAfterTheDatabaseThatBothShareWasKilled() {
    play(new Order(5, 2, 0, new Kill("mysql", 1)));

    assertThat(performances.shown().systems()).allSatisfy(LiveComparisonIT::isCleanAgain);
  }

  @Test
  void whatOneSystemAloneHasIsKilledInThatOne() {
    play(new Order(5, 2, 0, new Kill("seata", 1)));

    assertThat(performances.shown().systems())
        .allSatisfy(
            view -> {
              assertThat(view.result().violations()).isZero();
              assertThat(view.result().inDoubt()).isEqualTo(Map.of());
            })
        .extracting(view -> view.strike() == null)
        .containsExactly(true, false);
  }

  private void play(Order order) {
    performances.start(order);
    await().atMost(Duration.ofMinutes(5)).until(() -> !performances.shown().phase().isBusy());
    assertThat(performances.shown().phase())
        .as(() -> String.valueOf(performances.shown().failure()))
        .isEqualTo(Phase.OVER);
  }

  private static void isCleanAgain(View view) {
    assertThat(view.progress().sent()).isEqualTo(10);
    assertThat(view.progress().inFlight()).isZero();
    assertThat(view.strike().back()).isGreaterThan(view.strike().at());
    assertThat(view.result().broken()).isEmpty();
    assertThat(view.result().violations()).isZero();
    assertThat(view.result().cleanAfter()).isNotNull();
    assertThat(view.result().contradictions()).isEmpty();
  }
}

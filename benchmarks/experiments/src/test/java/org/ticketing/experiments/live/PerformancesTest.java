package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.ticketing.experiments.live.Order.Kill;
import org.ticketing.experiments.live.Run.Phase;
import org.ticketing.workload.LoadException;

class PerformancesTest {

  private static final Order ORDER = new Order(5, 2, 0, null);

  @Test
  void anOrderIsPlayedOnAllSystemsToItsEnd() {
    RehearsedStage stage = new RehearsedStage();
    Performances performances = new Performances(stage);
    assertThat(performances.shown().phase()).isEqualTo(Phase.READY);

    performances.start(ORDER);

    awaitPhase(performances, Phase.OVER);
    assertThat(stage.told)
        .containsSubsequence(
            "prepare upright", "prepare careless", "sent upright", "settle upright")
        .containsSubsequence("sent careless", "settle careless", "leave careless");
    assertThat(performances.shown().order()).isEqualTo(ORDER);
    assertThat(performances.shown().systems()).hasSize(2);
  }

  @Test
  void whatIsKilledIsStartedAgain() {
    RehearsedStage stage = new RehearsedStage();
    Performances performances = new Performances(stage);

    performances.start(new Order(5, 2, 0, new Kill("seata", 1)));

    awaitPhase(performances, Phase.OVER);
    assertThat(stage.told).containsSubsequence("kill seata", "restart seata", "settle upright");
  }

  @Test
  void onlyOneIsPlayedAtATime() {
    RehearsedStage stage = new RehearsedStage(0, 1);
    Performances performances = new Performances(stage);
    performances.start(ORDER);
    awaitPhase(performances, Phase.PAYING);

    assertThatThrownBy(() -> performances.start(ORDER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A load is under way: one at a time.");

    stage.mayBeAnswered.countDown();
    awaitPhase(performances, Phase.OVER);
    performances.start(ORDER);
    awaitPhase(performances, Phase.OVER);
  }

  @Test
  void nothingIsKilledThatNoSystemHas() {
    Performances performances = new Performances(new RehearsedStage());

    assertThatThrownBy(() -> performances.start(new Order(5, 2, 0, new Kill("printer", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kill must be one of payment, postgresql, seata.");
    assertThat(performances.shown().phase()).isEqualTo(Phase.READY);
  }

  @Test
  void stoppedWhilePaymentsAreSentItIsAuditedAllTheSame() {
    RehearsedStage stage = new RehearsedStage(0, 1);
    Performances performances = new Performances(stage);
    performances.start(new Order(5, 60, 0, new Kill("payment", 60)));
    awaitPhase(performances, Phase.PAYING);

    performances.stop();

    awaitPhase(performances, Phase.OVER);
    assertThat(stage.told)
        .contains("stop upright", "stop careless", "settle upright", "settle careless")
        .doesNotContain("kill payment");
  }

  @Test
  void stoppedBeforeNothingIsSent() {
    RehearsedStage stage = new RehearsedStage(1, 0);
    Performances performances = new Performances(stage);
    performances.start(ORDER);

    performances.stop();

    awaitPhase(performances, Phase.STOPPED);
    assertThat(stage.told).containsExactly("leave upright", "leave careless");
    stage.mayBePrepared.countDown();
    performances.start(ORDER);
    awaitPhase(performances, Phase.OVER);
  }

  @Test
  void aFailureIsToldInOneLineAndAnotherOrderMayFollow() {
    RehearsedStage stage = new RehearsedStage();
    stage.failure = new LoadException("The sale\n is closed.");
    Performances performances = new Performances(stage);

    performances.start(ORDER);

    awaitPhase(performances, Phase.FAILED);
    assertThat(performances.shown().failure()).isEqualTo("The sale is closed.");
    assertThat(stage.told).contains("leave upright", "leave careless");
    stage.failure = null;
    performances.start(ORDER);
    awaitPhase(performances, Phase.OVER);
    assertThat(performances.shown().failure()).isNull();
  }

  private static void awaitPhase(Performances performances, Phase phase) {
    await().until(() -> performances.shown().phase() == phase);
  }
}

package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;

/** What a row of the log means, and what can be done about it. */
class SagaTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Sagas sagas = mock();
  private final SagaEngine engine = mock();
  private final SagaSteering steering =
      new SagaSteering(
          sagas,
          engine,
          new CoordinatorSettings(Duration.ofSeconds(18)),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "RU,   , true,  false, WORKING,   NONE",
    "RU,   , true,  true,  UNDOING,   UNDO",
    "UN,   , false, false, UNDOING,   UNDO",
    "UN, UN, false, true,  UNDOING,   UNDO",
    "FA, FA, true,  true,  UNDOING,   UNDO",
    "UN, SU, false, true,  UNDONE,    UNDO",
    "FA,   , false, false, UNDONE,    UNDO",
    "SU,   , false, false, COMPLETED, COMPLETE",
    "SU,   , true,  false, WORKING,   NONE",
  })
  void theLogTellsWhereASagaStands(
      String status,
      String compensationStatus,
      boolean running,
      boolean compensating,
      TransactionState state,
      Decision decision) {
    Saga saga = saga(status, compensationStatus, running, compensating, 0);

    assertThat(saga.state()).isEqualTo(state);
    assertThat(saga.decision()).isEqualTo(decision);
  }

  @Test
  void aSuccessIsNotUndone() {
    Saga saga = saga("SU", null, false, false, 60);

    assertThat(preview(Steering.UNDO, saga).refusal()).contains("success is logged");
    assertThat(preview(Steering.RELEASE, saga).isRefused()).isTrue();
    assertThat(preview(Steering.COMPLETE, saga).finished()).isTrue();
    assertThat(preview(Steering.RETRY, saga).finished()).isTrue();
  }

  @Test
  void aSagaWhoseCompensationHasBegunDoesNotGoOn() {
    Saga saga = saga("UN", "UN", false, true, 60);

    assertThat(preview(Steering.COMPLETE, saga).refusal()).contains("compensation has begun");
    assertThat(preview(Steering.COMPLETE, saga("UN", "SU", false, true, 60)).isRefused()).isTrue();
  }

  @Test
  void aSagaThatMayBeRunningIsNotResumed() {
    when(sagas.stepsOf("xid")).thenReturn(List.of(step("RecordPayment", "SU")));

    assertThat(preview(Steering.COMPLETE, saga("RU", null, true, false, 17)).refusal())
        .contains("until 2026-01-02T03:04:06Z");
    assertThat(preview(Steering.COMPLETE, saga("RU", null, true, false, 19)).steps())
        .startsWith("do UsePoints", "do CompleteReservation", "do CompletePayment");
  }

  @Test
  void aSagaWithoutStepsCanOnlyBeUndone() {
    Saga saga = saga("RU", null, true, false, 19);

    assertThat(preview(Steering.COMPLETE, saga).refusal()).contains("only be undone");
    assertThat(preview(Steering.UNDO, saga).isRefused()).isFalse();
  }

  @Test
  void stepsAreUndoneLastFirstAlsoOfASagaThatIsRunning() {
    when(sagas.stepsOf("xid"))
        .thenReturn(
            List.of(
                step("RecordPayment", "SU"),
                step("UsePoints", "RU"),
                step("CompleteReservation", "FA")));

    assertThat(preview(Steering.UNDO, saga("RU", null, true, false, 1)).steps())
        .containsExactly("compensate UsePoints", "compensate RecordPayment");
  }

  @Test
  void aCompensationThatMayBeUnderWayIsNotBegunASecondTime() {
    Saga saga = saga("UN", "UN", true, true, 17);

    assertThat(preview(Steering.RETRY, saga).refusal()).contains("until 2026-01-02T03:04:06Z");
    assertThat(preview(Steering.UNDO, saga).isRefused()).isTrue();
  }

  @Test
  void nothingIsRepeatedOfASagaThatIsWorking() {
    assertThat(preview(Steering.RETRY, saga("RU", null, true, false, 1)).isRefused()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheLogDoesNotKnowIsRefused(Steering any) {
    assertThat(steering.perform(any, Optional.empty()).isRefused()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aPreviewDoesNothing(Steering any) {
    preview(any, saga("UN", "UN", false, true, 60));

    verifyNoInteractions(engine);
  }

  private Effect preview(Steering order, Saga saga) {
    return steering.preview(order, Optional.of(saga));
  }

  private static SagaStep step(String name, String status) {
    return new SagaStep(name, status, false, false, NOW);
  }

  private static Saga saga(
      String status,
      String compensationStatus,
      boolean running,
      boolean compensating,
      int secondsOld) {
    Instant begun = NOW.minusSeconds(secondsOld);
    return new Saga(
        "xid",
        UUID.randomUUID(),
        status,
        compensationStatus,
        running,
        compensating,
        begun,
        begun,
        0,
        false,
        null);
  }
}

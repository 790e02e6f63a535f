package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.choreography.Participants.Answers;
import org.ticketing.choreography.StandingApi.ParkedView;
import org.ticketing.choreography.StandingApi.Retried;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;

/** What an operator can do about a payment, by where it stands. */
class ChoreographySteeringTest {

  private static final UUID PAYMENT = UUID.randomUUID();

  private final Standings standings = mock();
  private final Participants participants = mock();
  private final Cancellation cancellation = mock();
  private final ChoreographySteering steering =
      new ChoreographySteering(standings, participants, cancellation);

  @ParameterizedTest
  @EnumSource(Steering.class)
  void nothingCanBeDoneAboutAPaymentWithoutARecord(Steering order) {
    assertThat(steering.perform(order, Optional.empty()).isRefused()).isTrue();
  }

  @Test
  void aPaymentThatHasCompletedIsNotUndone() {
    Standing completed = standing(Status.COMPLETED, false);

    assertThat(perform(Steering.UNDO, completed).isRefused()).isTrue();
    assertThat(perform(Steering.COMPLETE, completed).finished()).isTrue();
    verify(cancellation, never()).cancel(any(PaymentView.class), any(Refusal.class));
  }

  @Test
  void aPaymentThatHasNotEndedIsCancelled() {
    Standing working = standing(Status.REQUESTED, false);
    when(cancellation.cancel(any(PaymentView.class), any(Refusal.class))).thenReturn(true);
    when(standings.find(PAYMENT)).thenReturn(Optional.of(standing(Status.FAILED, true)));

    assertThat(steering.preview(Steering.UNDO, Optional.of(working)).isRefused()).isFalse();
    Effect effect = perform(Steering.UNDO, working);

    assertThat(effect.isRefused()).isFalse();
    assertThat(effect.finished()).isFalse();
  }

  @Test
  void aPaymentThatEndsMeanwhileIsNotCancelled() {
    when(cancellation.cancel(any(PaymentView.class), any(Refusal.class))).thenReturn(false);

    assertThat(perform(Steering.UNDO, standing(Status.REQUESTED, false)).isRefused()).isTrue();
  }

  @Test
  void nobodyCompletesAPaymentByOrder() {
    assertThat(perform(Steering.COMPLETE, standing(Status.REQUESTED, false)).isRefused()).isTrue();
    assertThat(perform(Steering.COMPLETE, standing(Status.FAILED, true)).isRefused()).isTrue();
  }

  @Test
  void aRetryIsNotFinishedWhileSomebodyIsAwayOrFails() {
    Standing undoing = standing(Status.FAILED, true, parked(EventKind.PAYMENT_CANCELLED));
    when(participants.<Retried>ask(any()))
        .thenReturn(
            new Answers<>(
                List.of(new Retried(List.of(), List.of("PAYMENT_CANCELLED at point: poison"))),
                List.of("The reservation service cannot be reached.")));

    Effect effect = perform(Steering.RETRY, undoing);

    assertThat(effect.finished()).isFalse();
    assertThat(effect.steps())
        .containsExactly(
            "failed: PAYMENT_CANCELLED at point: poison",
            "The reservation service cannot be reached.");
  }

  @Test
  void aRetryIsFinishedWhenNothingRemains() {
    Standing undoing = standing(Status.FAILED, true, parked(EventKind.PAYMENT_CANCELLED));
    when(participants.<Retried>ask(any()))
        .thenReturn(
            new Answers<>(
                List.of(new Retried(List.of("replayed PAYMENT_CANCELLED at point"), List.of())),
                List.of()));
    when(standings.find(PAYMENT)).thenReturn(Optional.of(standing(Status.FAILED, false)));

    assertThat(perform(Steering.RETRY, undoing).finished()).isTrue();
  }

  /** What is parked besides would be refused, or change nothing. */
  @Test
  void aPaymentThatHasFailedIsOverWhenNobodyHasToUndoIt() {
    assertThat(standing(Status.FAILED, false, parked(EventKind.PAYMENT_REQUESTED)).state())
        .isEqualTo(TransactionState.UNDONE);
    assertThat(standing(Status.FAILED, true, parked(EventKind.PAYMENT_CANCELLED)).state())
        .isEqualTo(TransactionState.UNDOING);
    assertThat(standing(Status.FAILED, true).state()).isEqualTo(TransactionState.UNDOING);
  }

  private Effect perform(Steering order, Standing payment) {
    return steering.perform(order, Optional.of(payment));
  }

  private static Standing standing(Status status, boolean undoing, ParkedView... parked) {
    return new Standing(
        new PaymentView(
            PAYMENT,
            UUID.randomUUID(),
            UUID.randomUUID(),
            500L,
            status,
            status == Status.FAILED ? "service-unavailable" : null,
            Instant.EPOCH,
            null),
        undoing,
        List.of(parked));
  }

  private static ParkedView parked(EventKind kind) {
    return new ParkedView(1, "point", kind.name(), PAYMENT, "poison", Instant.EPOCH);
  }
}

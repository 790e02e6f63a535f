package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.choreography.Participants.Answers;
import org.ticketing.choreography.StandingApi.ParkedView;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentParticipant;

/** Whether a user's failed payment may still give points back. */
class StandingsTest {

  private static final UUID PAYMENT = UUID.randomUUID();
  private static final UUID USER = UUID.randomUUID();

  private final PaymentParticipant payments = mock();
  private final Outbox outbox = mock();
  private final Participants participants = mock();
  private final Standings standings =
      new Standings(payments, outbox, participants, Clock.systemUTC());

  @BeforeEach
  void aPaymentHasFailed() {
    var failed =
        new PaymentView(
            PAYMENT,
            USER,
            UUID.randomUUID(),
            500L,
            Status.FAILED,
            "service-unavailable",
            Instant.EPOCH,
            null);
    when(payments.find(PAYMENT)).thenReturn(Optional.of(failed));
    participantsHave(List.of(), List.of());
  }

  @Test
  void nothingIsUndoneOfAPaymentWhoseCancellationEverybodyHas() {
    assertThat(standings.isUndoing(USER)).isFalse();
  }

  @Test
  void aCancellationThatIsNotHandedOverIsStillToUndo() {
    when(outbox.isCancellingOf(USER)).thenReturn(true);

    assertThat(standings.isUndoing(USER)).isTrue();
    assertThat(standings.isUndoing(UUID.randomUUID())).isFalse();
  }

  @Test
  void aParkedCancellationIsStillToUndo() {
    participantsHave(
        List.of(
            new ParkedView(
                1, "point", EventKind.PAYMENT_CANCELLED.name(), PAYMENT, "poison", Instant.EPOCH)),
        List.of());

    assertThat(standings.isUndoing(USER)).isTrue();
    assertThat(standings.isUndoing(UUID.randomUUID())).isFalse();
  }

  @Test
  void whoDoesNotAnswerMayHaveParkedOne() {
    participantsHave(List.of(), List.of("The point service cannot be reached."));

    assertThat(standings.isUndoing(USER)).isTrue();
  }

  private void participantsHave(List<ParkedView> parked, List<String> notReached) {
    when(participants.<List<ParkedView>>ask(any()))
        .thenReturn(new Answers<>(List.of(parked), notReached));
  }
}

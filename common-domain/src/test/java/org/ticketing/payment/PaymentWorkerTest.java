package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.payment.AcceptedPayments.Taken;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/** What is done with an accepted payment, by what its record says. */
class PaymentWorkerTest {

  private static final Refusal REASON = new Refusal(Reason.SEAT_TAKEN, "Taken.");

  private final AcceptedPayments accepted = mock();
  private final Payments record = mock();
  private final PaymentService payments = mock();
  private final PaymentProtocol protocol = mock();
  private final SchedulerClient jobs = mock();
  private final PaymentWorker worker =
      new PaymentWorker(accepted, record, payments, protocol, jobs, Clock.systemUTC());

  private final UUID id = UUID.randomUUID();
  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());

  @Test
  void aPaymentThatNobodyHasAttemptedIsAttempted() {
    recorded(waiting(), completed());
    assertThat(worker.make(taken(1))).isEmpty();
    verify(payments).make(waiting(), order, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"COMPLETED", "FAILED"})
  void onePaymentThatHasEndedIsNotAttempted(Status status) {
    recorded(payment(status, 100L));
    assertThat(worker.make(taken(2))).isEmpty();
    verify(payments, never()).make(any(), any(), anyBoolean());
  }

  @Test
  void onePaymentThatHasLeftNothingIsAttemptedAgain() {
    when(protocol.isRepeatable(id, false)).thenReturn(true);
    recorded(waiting(), completed());
    assertThat(worker.make(taken(2))).isEmpty();
    verify(payments).make(waiting(), order, true);
  }

  @Test
  void whatNobodyUndoesIsGoneOnWith() {
    when(protocol.isRepeatable(id, true)).thenReturn(true);
    recorded(payment(Status.REQUESTED, 100L), completed());
    assertThat(worker.make(taken(2))).isEmpty();
    verify(payments).make(payment(Status.REQUESTED, 100L), order, true);
  }

  @Test
  void whatTheRecoveryOfTheProtocolEndsIsLookedAtAgain() {
    recorded(payment(Status.REQUESTED, 100L));
    assertThat(worker.make(taken(2))).contains(Duration.ofSeconds(1));
    verify(payments, never()).make(any(), any(), anyBoolean());
    verify(record, never()).giveUp(any(), any());
  }

  @Test
  void whatNobodyWouldEndAndNobodyMayRepeatIsGivenUp() {
    recorded(waiting(), payment(Status.FAILED, null));
    assertThat(worker.make(taken(2))).isEmpty();
    verify(record).giveUp(eq(id), any());
  }

  @Test
  void whatGotNoAnswerIsAttemptedAgainAfterGrowingPauses() {
    when(protocol.isRepeatable(id, false)).thenReturn(true);
    recorded(waiting());
    doThrow(new ServiceUnavailable("Away.")).when(payments).make(waiting(), order, true);
    assertThat(worker.make(taken(1))).contains(Duration.ofSeconds(1));
    assertThat(worker.make(taken(3))).contains(Duration.ofSeconds(4));
  }

  @Test
  void theLastAttemptFailsAsAnyPaymentDoes() {
    when(protocol.isRepeatable(id, false)).thenReturn(true);
    recorded(waiting(), payment(Status.FAILED, null));
    assertThat(worker.make(taken(6))).isEmpty();
    verify(payments).make(waiting(), order, false);
  }

  @Test
  void anUnknownOutcomeIsLookedUpInTheRecord() {
    recorded(waiting());
    doThrow(new OutcomeUnknown("No answer.", null)).when(payments).make(waiting(), order, true);
    assertThat(worker.make(taken(1))).contains(Duration.ofSeconds(1));
  }

  @Test
  void aPaymentThatMayStillBeUndoneHasNotEnded() {
    when(record.find(id)).thenReturn(Optional.of(completed()));
    assertThat(worker.make(taken(1))).contains(Duration.ofSeconds(1));
  }

  @Test
  void aPayerWhoWantsToKnowIsTold() {
    recorded(completed());
    when(accepted.end(taken(1), Status.COMPLETED)).thenReturn(true).thenReturn(false);
    worker.end(taken(1));
    worker.end(taken(1));
    verify(jobs).scheduleIfNotExists(eq(PayerWebhookJob.of(order.userId())), any(Instant.class));
  }

  /** What the record says, one time after the other. */
  private void recorded(Payment first, Payment... later) {
    var found = when(record.find(id)).thenReturn(Optional.of(first));
    for (Payment payment : later) {
      found = found.thenReturn(Optional.of(payment));
    }
    when(payments.hasEnded(any()))
        .thenAnswer(asked -> !asked.getArgument(0, Payment.class).is(Status.REQUESTED));
  }

  private Taken taken(int attempts) {
    return new Taken(7, id, order, attempts);
  }

  private Payment waiting() {
    return payment(Status.REQUESTED, null);
  }

  private Payment completed() {
    return payment(Status.COMPLETED, 100L);
  }

  private Payment payment(Status status, Long amount) {
    return new Payment(
        id,
        order.userId(),
        order.reservationId(),
        amount,
        status,
        status == Status.FAILED ? REASON : null,
        Instant.EPOCH,
        null);
  }
}

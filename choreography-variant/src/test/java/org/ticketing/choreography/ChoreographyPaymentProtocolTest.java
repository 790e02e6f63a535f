package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionOperations;
import org.ticketing.choreography.ChoreographySettings.CarrierKind;
import org.ticketing.payment.DuplicatePayment;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;

/** What a customer is told, and when. */
class ChoreographyPaymentProtocolTest {

  private static final PaymentCommand COMMAND =
      new PaymentCommand(UUID.randomUUID(), "key", UUID.randomUUID(), UUID.randomUUID(), 500);
  private static final Refusal EMPTY =
      new Refusal(Reason.INSUFFICIENT_POINTS, "The wallet is empty.");

  private final PaymentParticipant payments = mock();
  private final Publication publication = mock();
  private final Undoings undoings = mock();
  private final AwaitedEnds ends = new AwaitedEnds(payments, TransactionLog.NONE);
  private final TransactionOperations transactions = TransactionOperations.withoutTransaction();
  private final ChoreographyPaymentProtocol protocol =
      new ChoreographyPaymentProtocol(
          payments,
          publication,
          ends,
          new Cancellation(payments, publication, undoings, transactions, TransactionLog.NONE),
          transactions,
          undoings,
          Phases.UNOBSERVED,
          new ChoreographySettings(
              CarrierKind.OUTBOX,
              Duration.ofMillis(200),
              Duration.ofSeconds(3),
              5,
              8,
              Duration.ofSeconds(4),
              Duration.ofHours(1)));

  @Test
  void thePaymentIsRecordedAndRequestedAndItsEndIsTheAnswer() {
    endsWith(Optional.empty());

    assertThat(protocol.pay(COMMAND)).isEqualTo(COMMAND.receipt());

    verify(payments).requestOnce(COMMAND);
    verify(payments, never()).fail(any(), any());
  }

  @Test
  void aRefusalIsToldAsTheServiceHasPutIt() {
    endsWith(Optional.of(EMPTY));

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isSameAs(EMPTY);
  }

  @Test
  void aPaymentThatDoesNotEndInTimeIsCancelledBeforeItsCustomerIsToldSo() {
    when(payments.fail(any(), any())).thenReturn(true);

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isInstanceOf(ServiceUnavailable.class);

    verify(publication).publish(ofKind("PAYMENT_CANCELLED"));
  }

  @Test
  void whoIsToldSoFindsThatTheOthersHaveUndoneIt() {
    when(payments.fail(any(), any())).thenReturn(true);
    when(undoings.has(COMMAND.paymentId())).thenReturn(true, true, false);

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isInstanceOf(ServiceUnavailable.class);

    verify(undoings, times(3)).has(COMMAND.paymentId());
  }

  @Test
  void aPaymentThatEndsAtThatMomentIsAnsweredAsItHasEnded() {
    when(payments.fail(any(), any())).thenReturn(false);
    when(payments.ended(Set.of(COMMAND.paymentId())))
        .thenReturn(Map.of(COMMAND.paymentId(), Optional.empty()));

    assertThat(protocol.pay(COMMAND)).isEqualTo(COMMAND.receipt());

    verify(publication, never()).publish(ofKind("PAYMENT_CANCELLED"));
  }

  /** Whoever answers then from the record says that the outcome is unknown. */
  @Test
  void aRecordThatCannotBeCancelledIsNoFailedPayment() {
    var away = new DataAccessResourceFailureException("away");
    when(payments.fail(any(), any())).thenThrow(away);

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isSameAs(away);
  }

  @Test
  void anEndThatAnotherProcessHasHeardOfIsFoundInTheRecord() {
    when(payments.ended(Set.of(COMMAND.paymentId())))
        .thenReturn(Map.of(COMMAND.paymentId(), Optional.of(EMPTY)));
    doAnswer(
            requested -> {
              await().untilAsserted(this::assertLookedUp);
              return null;
            })
        .when(publication)
        .publish(ofKind("PAYMENT_REQUESTED"));

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isSameAs(EMPTY);

    verify(payments, never()).fail(any(), any());
  }

  private void assertLookedUp() {
    ends.lookForOthers();
    verify(payments).ended(Set.of(COMMAND.paymentId()));
  }

  @Test
  void aKeyThatIsTakenEndsItBeforeAnybodyIsTold() {
    doThrow(mock(DuplicatePayment.class)).when(payments).requestOnce(COMMAND);

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isInstanceOf(DuplicatePayment.class);

    verify(publication, never()).publish(any());
  }

  @Test
  void aProcessThatStopsDoesNotSayThatThePaymentHasFailed() {
    doAnswer(
            requested -> {
              Thread.currentThread().interrupt();
              return null;
            })
        .when(publication)
        .publish(any());

    assertThatThrownBy(() -> protocol.pay(COMMAND)).isInstanceOf(OutcomeUnknown.class);

    assertThat(Thread.interrupted()).isTrue();
    verify(payments, never()).fail(any(), any());
  }

  private void endsWith(Optional<Refusal> end) {
    doAnswer(
            requested -> {
              ends.tell(COMMAND.paymentId(), end);
              return null;
            })
        .when(publication)
        .publish(ofKind("PAYMENT_REQUESTED"));
  }

  private static PaymentEvent ofKind(String kind) {
    return argThat(event -> event != null && event.kind().equals(kind));
  }
}

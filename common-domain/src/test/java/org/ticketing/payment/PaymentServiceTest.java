package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Observations;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.user.UserApi;

@ExtendWith(OutputCaptureExtension.class)
class PaymentServiceTest {

  private final Payments record = mock();
  private final PaymentProtocol protocol = mock();
  private final UserApi users = mock();
  private final TransactionLog log = mock();
  private final PaymentService payments =
      new PaymentService(
          record,
          new LookUps(
              users,
              mock(ReservationApi.class),
              LookUpMode.IN_PARALLEL,
              new RememberedLookUps(Duration.ZERO, Ticker.systemTicker())),
          protocol,
          new Failures(),
          new PaymentObservations(Observations.NONE),
          new PaymentLog(log, Clock.systemUTC()));

  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());

  @Test
  void aCompletedPaymentIsShownAsUnderWayUntilItIsSureToStay() {
    Payment payment =
        new Payment(
            UUID.randomUUID(),
            order.userId(),
            order.reservationId(),
            100L,
            Status.COMPLETED,
            null,
            Instant.now(),
            null);
    UUID id = payment.receipt().paymentId();
    when(record.withKeyOf(order)).thenReturn(Optional.of(payment));
    when(record.find(id)).thenReturn(Optional.of(payment));
    when(record.ofUser(order.userId(), 0, 20)).thenReturn(List.of(payment));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> payments.pay(order, () -> {}))
        .returns(Reason.PAYMENT_IN_PROGRESS, Refusal::reason);

    assertThat(payments.find(id).status()).isEqualTo(Status.REQUESTED);
    assertThat(payments.ofUser(order.userId(), 0, 20))
        .extracting(PaymentView::status)
        .containsExactly(Status.REQUESTED);

    when(protocol.isFinal(id)).thenReturn(true);
    when(protocol.finalOf(Set.of(id))).thenReturn(Set.of(id));

    assertThat(payments.pay(order, () -> {})).isEqualTo(payment.receipt());
    assertThat(payments.find(id)).isEqualTo(payment.view());
    assertThat(payments.ofUser(order.userId(), 0, 20)).containsExactly(payment.view());
  }

  @Test
  void whileTheRecordCannotBeReadTheOutcomeIsUnknown() {
    when(record.withKeyOf(any()))
        .thenThrow(new CannotCreateTransactionException("The database is away."));

    assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> payments.pay(order, () -> {}));
  }

  @Test
  void ifAFailureCannotBeRecordedTheOutcomeIsUnknown() {
    when(record.withKeyOf(any())).thenReturn(Optional.empty());
    when(users.find(any())).thenThrow(new ServiceUnavailable("The user service is away."));
    when(record.failUnrecorded(any(), any(), any()))
        .thenThrow(new DataAccessResourceFailureException("The database is away."));

    assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> payments.pay(order, () -> {}));
  }

  @Test
  void whatKeptAPaymentFromBeingMadeIsInTheLog(CapturedOutput output) {
    when(record.withKeyOf(any())).thenReturn(Optional.empty());
    when(record.failUnrecorded(any(), any(), any())).thenReturn(failed(accepted(null)));
    when(users.find(any()))
        .thenThrow(
            new ServiceUnavailable(
                "The user service is away.", new ConnectException("nobody listens")));

    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> payments.pay(order, () -> {}));

    assertThat(output).contains("The user service is away. (java.net.ConnectException: nobody");
  }

  @Test
  void whoseEarlierPaymentIsStillBeingUndoneIsNotRefusedForIt() {
    Payment accepted = accepted(null);
    when(protocol.isUndoing(order.userId())).thenReturn(true);
    when(record.withKeyOf(any())).thenReturn(Optional.empty());
    when(record.failUnrecorded(any(), any(), any()))
        .thenAnswer(
            call -> {
              throw call.<Refusal>getArgument(2);
            });

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> payments.pay(order, () -> {}))
        .returns(Reason.SERVICE_UNAVAILABLE, Refusal::reason)
        .withMessageContaining("still being undone");

    when(record.find(accepted.id())).thenReturn(Optional.of(accepted));
    when(protocol.isRepeatable(accepted.id(), false)).thenReturn(true);
    assertThatExceptionOfType(ServiceUnavailable.class)
        .isThrownBy(() -> payments.make(accepted, order, true));
    verifyNoInteractions(users);
    verify(protocol, never()).pay(any());
  }

  @Test
  void anAcceptedPaymentThatIsToBeAttemptedAgainHasNotFailed() {
    Payment accepted = accepted(null);
    when(record.find(accepted.id())).thenReturn(Optional.of(accepted));
    when(protocol.isRepeatable(accepted.id(), false)).thenReturn(true);
    when(users.find(any())).thenThrow(new ServiceUnavailable("The user service is away."));

    assertThatExceptionOfType(ServiceUnavailable.class)
        .isThrownBy(() -> payments.make(accepted, order, true));
    verify(record, never()).failUnrecorded(any(), any(), any());

    when(record.failUnrecorded(any(), any(), any())).thenReturn(failed(accepted));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> payments.make(accepted, order, false))
        .returns(Reason.SERVICE_UNAVAILABLE, Refusal::reason);
  }

  /**
   * Its process was taken for dead while it looked up, and another one has recorded the payment.
   */
  @Test
  void anAttemptThatComesTooLateFailsNothing() {
    Payment accepted = accepted(null);
    Payment recorded = recorded(accepted);
    when(record.find(accepted.id())).thenReturn(Optional.of(recorded));
    when(record.failUnrecorded(any(), any(), any())).thenReturn(recorded);
    when(users.find(any()))
        .thenThrow(new ServiceUnavailable("The user service is away."))
        .thenThrow(new Refusal(Reason.USER_WITHDRAWN, "The user has withdrawn."));

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> payments.make(accepted, order, true))
          .returns(Reason.PAYMENT_IN_PROGRESS, Refusal::reason);
    }

    verify(record, never()).fail(any(), any(), any());
  }

  @Test
  void aCoordinatorThatIsAwayFailsNothingThatAnotherAttemptHasRecorded() {
    Payment recorded = accepted(100L);
    when(record.find(recorded.id())).thenReturn(Optional.of(recorded));
    when(record.failUnrecorded(any(), any(), any())).thenReturn(recorded);
    when(protocol.pay(any())).thenThrow(new ServiceUnavailable("The coordinator is away."));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> payments.make(recorded, order, true))
        .returns(Reason.PAYMENT_IN_PROGRESS, Refusal::reason);

    verify(record, never()).fail(any(), any(), any());
  }

  @Test
  void anAttemptThatWasRecordedIsGoneOnWithAsItWasRecorded() {
    Payment recorded = accepted(100L);

    payments.make(recorded, order, true);

    verify(protocol).pay(order.payment(recorded.id(), 100));
    verifyNoInteractions(users);
  }

  private Payment accepted(Long amount) {
    return new Payment(
        UUID.randomUUID(),
        order.userId(),
        order.reservationId(),
        amount,
        Status.REQUESTED,
        null,
        Instant.now(),
        null);
  }

  private static Payment recorded(Payment payment) {
    return new Payment(
        payment.id(),
        payment.userId(),
        payment.reservationId(),
        100L,
        Status.REQUESTED,
        null,
        payment.requestedAt(),
        null);
  }

  private Payment failed(Payment payment) {
    return new Payment(
        payment.id(),
        payment.userId(),
        payment.reservationId(),
        null,
        Status.FAILED,
        new Refusal(Reason.SERVICE_UNAVAILABLE, "Away."),
        payment.requestedAt(),
        null);
  }
}

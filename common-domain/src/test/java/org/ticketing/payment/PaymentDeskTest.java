package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.user.UserApi;

class PaymentDeskTest {

  private final PaymentService payments = mock();
  private final PaymentProtocol protocol = mock();
  private final UserApi users = mock();
  private final PaymentDesk desk =
      new PaymentDesk(payments, protocol, new LookUps(users, mock(ReservationApi.class)));

  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());

  @Test
  void whoAsksIsToldOfACompletedPaymentOnceItIsSureToStay() {
    Payment payment =
        new Payment(
            UUID.randomUUID(),
            order.userId(),
            order.reservationId(),
            100L,
            Status.COMPLETED,
            null,
            Instant.now());
    UUID id = payment.receipt().paymentId();
    when(payments.withKey(order.userId(), order.key())).thenReturn(Optional.of(payment));
    when(payments.find(id)).thenReturn(payment.view());
    when(payments.ofUser(order.userId(), 0, 20)).thenReturn(List.of(payment.view()));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> desk.pay(order))
        .returns(Reason.PAYMENT_IN_PROGRESS, Refusal::reason);

    assertThat(desk.find(id).status()).isEqualTo(Status.REQUESTED);
    assertThat(desk.ofUser(order.userId(), 0, 20))
        .extracting(PaymentView::status)
        .containsExactly(Status.REQUESTED);

    when(protocol.isFinal(id)).thenReturn(true);
    when(protocol.finalOf(Set.of(id))).thenReturn(Set.of(id));

    assertThat(desk.pay(order)).isEqualTo(payment.receipt());
    assertThat(desk.find(id)).isEqualTo(payment.view());
    assertThat(desk.ofUser(order.userId(), 0, 20)).containsExactly(payment.view());
  }

  @Test
  void whileTheRecordCannotBeReadNobodyIsToldThatThereIsNoPayment() {
    when(payments.withKey(any(), any()))
        .thenThrow(new CannotCreateTransactionException("the database is away"));

    assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> desk.pay(order));
  }

  @Test
  void aFailureThatCannotBeRecordedIsNotTold() {
    when(payments.withKey(any(), any())).thenReturn(Optional.empty());
    when(users.find(any())).thenThrow(new ServiceUnavailable("the user service is away"));
    when(payments.refuse(any(), any(), any()))
        .thenThrow(new DataAccessResourceFailureException("the database is away"));

    assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> desk.pay(order));
  }
}

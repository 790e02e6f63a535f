package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentDesk.Order;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class PaymentServiceTest {

  private static final Refusal EXPIRED = new Refusal(Reason.RESERVATION_EXPIRED, "Too late.");

  @Autowired private PaymentService payments;
  @Autowired private PaymentParticipant participant;

  private final UUID user = UUID.randomUUID();
  private final PaymentCommand payment = attempt();

  private PaymentCommand attempt() {
    return new PaymentCommand(UUID.randomUUID(), "key", user, UUID.randomUUID(), 100);
  }

  @Test
  void aRequestClaimsItsKey() {
    participant.request(payment);
    participant.request(payment);
    assertThatExceptionOfType(DuplicatePayment.class)
        .isThrownBy(() -> participant.request(attempt()));
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void aPaymentCompletesOnce() {
    participant.request(payment);
    participant.complete(payment.paymentId());
    participant.complete(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void aCancelledPaymentDoesNotComplete() {
    participant.request(payment);
    participant.cancel(payment.paymentId());
    participant.cancel(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> participant.complete(payment.paymentId()));
  }

  @Test
  void cancellingWhatWasNeverRequestedIsFine() {
    participant.cancel(UUID.randomUUID());
  }

  @Test
  void whatWasCancelledBeforeItWasRequestedCannotBeRequestedAnyMore() {
    participant.cancel(payment);
    participant.cancel(payment);
    assertThat(payments.find(payment.paymentId()).reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> participant.request(payment));
  }

  @Test
  void cancellingWhatAnotherPaymentHasTakenTheKeyOfLeavesThatPaymentAlone() {
    participant.request(payment);
    participant.cancel(attempt());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void theReasonReplacesTheMereFactOfTheCancellation() {
    participant.request(payment);
    participant.cancel(payment.paymentId());
    refuse(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).reason()).isEqualTo("reservation-expired");
  }

  @Test
  void aRefusalIsRecordedAlsoWhenNothingElseIsLeftOfThePayment() {
    refuse(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.FAILED);
    assertThatExceptionOfType(DuplicatePayment.class).isThrownBy(() -> refuse(UUID.randomUUID()));
  }

  @Test
  void aCompletedPaymentIsNotRefusedAfterwards() {
    participant.request(payment);
    participant.complete(payment.paymentId());
    refuse(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.COMPLETED);
  }

  private void refuse(UUID paymentId) {
    payments.refuse(paymentId, new Order(user, "key", payment.reservationId()), EXPIRED);
  }
}

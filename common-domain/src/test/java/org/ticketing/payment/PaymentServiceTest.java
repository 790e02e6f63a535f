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

  private final UUID user = UUID.randomUUID();
  private final PaymentCommand payment = attempt();

  private PaymentCommand attempt() {
    return new PaymentCommand(UUID.randomUUID(), "key", user, UUID.randomUUID(), 100);
  }

  @Test
  void aRequestClaimsItsKey() {
    payments.request(payment);
    payments.request(payment);
    assertThatExceptionOfType(DuplicatePayment.class).isThrownBy(() -> payments.request(attempt()));
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void aPaymentCompletesOnce() {
    payments.request(payment);
    payments.complete(payment.paymentId());
    payments.complete(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void aCancelledPaymentDoesNotComplete() {
    payments.request(payment);
    payments.cancel(payment.paymentId());
    payments.cancel(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> payments.complete(payment.paymentId()));
  }

  @Test
  void cancellingWhatWasNeverRequestedIsFine() {
    payments.cancel(UUID.randomUUID());
  }

  @Test
  void whatWasCancelledBeforeItWasRequestedCannotBeRequestedAnyMore() {
    payments.cancel(payment);
    payments.cancel(payment);
    assertThat(payments.find(payment.paymentId()).reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> payments.request(payment));
  }

  @Test
  void cancellingWhatAnotherPaymentHasTakenTheKeyOfLeavesThatPaymentAlone() {
    payments.request(payment);
    payments.cancel(attempt());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void theReasonReplacesTheMereFactOfTheCancellation() {
    payments.request(payment);
    payments.cancel(payment.paymentId());
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
    payments.request(payment);
    payments.complete(payment.paymentId());
    refuse(payment.paymentId());
    assertThat(payments.find(payment.paymentId()).status()).isEqualTo(Status.COMPLETED);
  }

  private void refuse(UUID paymentId) {
    payments.refuse(paymentId, new Order(user, "key", payment.reservationId()), EXPIRED);
  }
}

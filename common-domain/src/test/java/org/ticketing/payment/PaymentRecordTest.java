package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.testing.OnRealDatabase;

/** What {@link PaymentParticipant} and the failures of payments leave in the record. */
@OnRealDatabase.Postgresql
class PaymentRecordTest {

  private static final Refusal EXPIRED = new Refusal(Reason.RESERVATION_EXPIRED, "Too late.");

  @Autowired private Payments payments;
  @Autowired private PaymentParticipant participant;
  @Autowired private Failures failures;

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
    assertThat(recorded().status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void aPaymentCompletesOnce() {
    participant.request(payment);
    participant.complete(payment.paymentId());
    participant.complete(payment.paymentId());
    assertThat(recorded().status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void aCancelledPaymentDoesNotComplete() {
    participant.request(payment);
    participant.cancel(payment.paymentId());
    participant.cancel(payment.paymentId());
    assertThat(recorded().reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> participant.complete(payment.paymentId()));
  }

  @Test
  void cancellingAPaymentThatWasNeverRequestedDoesNothing() {
    participant.cancel(UUID.randomUUID());
  }

  @Test
  void aPaymentThatWasCancelledBeforeItWasRequestedCannotBeRequested() {
    participant.cancel(payment);
    participant.cancel(payment);
    assertThat(recorded().reason()).isEqualTo("payment-cancelled");
    assertThatIllegalStateException().isThrownBy(() -> participant.request(payment));
  }

  @Test
  void cancellingAPaymentLeavesAnotherOneWithItsKeyAlone() {
    participant.request(payment);
    participant.cancel(attempt());
    assertThat(recorded().status()).isEqualTo(Status.REQUESTED);
  }

  @Test
  void aPaymentThatHasFailedKeepsItsReason() {
    participant.request(payment);
    participant.cancel(payment.paymentId());
    fail(payment.paymentId());
    assertThat(recorded().reason()).isEqualTo("payment-cancelled");
  }

  @Test
  void aPaymentThatIsUndoneInItsAttemptFailsForWhatTheAttemptHasMet() {
    failures.during(
        payment.paymentId(),
        () -> {
          participant.request(payment);
          failures.failing(payment.paymentId(), EXPIRED);
          participant.cancel(payment.paymentId());
          return null;
        });
    assertThat(recorded().reason()).isEqualTo("reservation-expired");
  }

  @Test
  void aPaymentThatIsUndoneBeforeItWasRequestedFailsForWhatItsAttemptHasMet() {
    failures.during(
        payment.paymentId(),
        () -> {
          failures.failing(payment.paymentId(), new ServiceUnavailable("No answer."));
          participant.cancel(payment);
          return null;
        });
    assertThat(recorded().reason()).isEqualTo("service-unavailable");
  }

  @Test
  void aFailureIsRecordedEvenIfNothingElseIsLeftOfThePayment() {
    fail(payment.paymentId());
    assertThat(recorded().status()).isEqualTo(Status.FAILED);
    assertThatExceptionOfType(DuplicatePayment.class).isThrownBy(() -> fail(UUID.randomUUID()));
  }

  @Test
  void aCompletedPaymentDoesNotFailAfterwards() {
    participant.request(payment);
    participant.complete(payment.paymentId());
    fail(payment.paymentId());
    assertThat(recorded().status()).isEqualTo(Status.COMPLETED);
  }

  private PaymentView recorded() {
    return payments.find(payment.paymentId()).orElseThrow().view();
  }

  private void fail(UUID paymentId) {
    payments.fail(paymentId, payment.order(), EXPIRED);
  }
}

package org.ticketing.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.verification.audit.AnswerCheck.RecordedPayment;
import org.ticketing.workload.Answer;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Outcome;

class AnswerCheckTest {

  private static final UUID USER = UUID.randomUUID();
  private static final UUID PAYMENT = UUID.randomUUID();
  private static final UUID RESERVATION = UUID.randomUUID();
  private static final Answer PAID = Answer.completed(PAYMENT);
  private static final Answer LATE = Answer.refused("reservation-expired");
  private static final Answer FAILED = Answer.failed("service-unavailable");

  @Test
  void anAnswerIsTrueWhenTheDatabaseSaysTheSame() {
    assertThat(contradiction(PAID, recorded("COMPLETED"))).isEmpty();
    assertThat(contradiction(LATE, failed("reservation-expired"))).isEmpty();
    assertThat(contradiction(FAILED, recorded("FAILED"))).isEmpty();
    assertThat(contradiction(FAILED, Optional.empty())).isEmpty();
  }

  @Test
  void anAnswerThatTellsNoOutcomeCannotBeContradicted() {
    Answer unknown = Answer.unknown("outcome-unknown");
    Answer underWay = Answer.refused("payment-in-progress");

    assertThat(contradiction(unknown, recorded("COMPLETED"))).isEmpty();
    assertThat(contradiction(unknown, recorded("FAILED"))).isEmpty();
    assertThat(contradiction(underWay, recorded("COMPLETED"))).isEmpty();
  }

  @Test
  void anAnswerThatThePaymentIsCompletedIsTrueOnlyWithItsOwnReceipt() {
    assertThat(contradiction(PAID, recorded("FAILED")))
        .hasValueSatisfying(text -> assertThat(text).contains("told completed, but is FAILED"));
    assertThat(contradiction(PAID, Optional.empty()))
        .hasValueSatisfying(text -> assertThat(text).contains("not recorded"));
    assertThat(contradiction(PAID, Optional.of(recorded(PAYMENT, UUID.randomUUID(), "COMPLETED"))))
        .isPresent();
    assertThat(
            contradiction(PAID, Optional.of(recorded(UUID.randomUUID(), RESERVATION, "COMPLETED"))))
        .hasValueSatisfying(text -> assertThat(text).contains("receipt of another payment"));
  }

  @Test
  void aPaymentThatCameToNothingIsRecordedWithTheReasonThatWasTold() {
    assertThat(contradiction(LATE, failed("insufficient-points")))
        .hasValue(
            "payment a key: told refused (reservation-expired), but is FAILED"
                + " (insufficient-points)");
    assertThat(contradiction(LATE, Optional.empty()))
        .hasValueSatisfying(text -> assertThat(text).contains("not recorded"));
    assertThat(contradiction(LATE, recorded("REQUESTED"))).isPresent();
    Answer cancelled = Answer.failed("payment-cancelled");
    assertThat(contradiction(cancelled, failed("payment-cancelled"))).isEmpty();
    assertThat(contradiction(cancelled, failed("insufficient-points"))).isPresent();
  }

  @Test
  void aServiceThatTakesNoMoreRequestsSaysSoWhateverIsRecorded() {
    assertThat(contradiction(FAILED, failed("payment-cancelled"))).isEmpty();
    assertThat(contradiction(FAILED, failed("insufficient-points"))).isEmpty();
  }

  @Test
  void aPaymentToldFailedOrRefusedMustNotBeCompleted() {
    assertThat(contradiction(FAILED, recorded("COMPLETED"))).isPresent();
    assertThat(contradiction(LATE, recorded("COMPLETED"))).isPresent();
  }

  @Test
  void anAcceptedPaymentIsRecordedWhateverBecomesOfIt() {
    Answer accepted = new Answer(Outcome.UNKNOWN, Pay.ACCEPTED, PAYMENT);

    assertThat(contradiction(accepted, recorded("REQUESTED"))).isEmpty();
    assertThat(contradiction(accepted, recorded("COMPLETED"))).isEmpty();
    assertThat(contradiction(accepted, failed("insufficient-points"))).isEmpty();
    assertThat(contradiction(accepted, Optional.empty()))
        .hasValue("payment a key: was accepted, but is not recorded");
    assertThat(
            contradiction(
                accepted, Optional.of(recorded(UUID.randomUUID(), RESERVATION, "COMPLETED"))))
        .isPresent();
  }

  private static Optional<RecordedPayment> failed(String reason) {
    return Optional.of(new RecordedPayment(USER, "a key", PAYMENT, RESERVATION, "FAILED", reason));
  }

  private static Optional<RecordedPayment> recorded(String status) {
    return Optional.of(recorded(PAYMENT, RESERVATION, status));
  }

  private static RecordedPayment recorded(UUID payment, UUID reservation, String status) {
    return new RecordedPayment(USER, "a key", payment, reservation, status, null);
  }

  private static Optional<String> contradiction(Answer answer, Optional<RecordedPayment> recorded) {
    return AnswerCheck.contradiction(
        new Pay(
            1,
            2,
            0,
            "a key",
            USER,
            RESERVATION,
            10,
            answer.outcome(),
            answer.reason(),
            answer.paymentId()),
        recorded);
  }
}

package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.crash.AnswerCheck.RecordedPayment;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PlannedPayment.Expected;

class AnswerCheckTest {

  private static final UUID PAYMENT = UUID.randomUUID();
  private static final UUID RESERVATION = UUID.randomUUID();
  private static final Answer PAID = Answer.completed(PAYMENT);
  private static final Answer LATE = Answer.refused("reservation-expired");
  private static final Answer FAILED = Answer.failed("service-unavailable");

  @Test
  void anAnswerIsTrueWhenTheDatabaseSaysTheSame() {
    assertThat(contradiction(PAID, Expected.COMPLETED, recorded("COMPLETED"))).isEmpty();
    assertThat(contradiction(LATE, Expected.LATE, recorded("FAILED"))).isEmpty();
    assertThat(contradiction(FAILED, Expected.COMPLETED, recorded("FAILED"))).isEmpty();
    assertThat(contradiction(FAILED, Expected.COMPLETED, Optional.empty())).isEmpty();
  }

  @Test
  void anAnswerThatTellsNoOutcomeCannotBeContradicted() {
    Answer unknown = Answer.unknown("outcome-unknown");
    Answer underWay = Answer.refused("payment-in-progress");

    assertThat(contradiction(unknown, Expected.COMPLETED, recorded("COMPLETED"))).isEmpty();
    assertThat(contradiction(unknown, Expected.COMPLETED, recorded("FAILED"))).isEmpty();
    assertThat(contradiction(underWay, Expected.COMPLETED, recorded("COMPLETED"))).isEmpty();
  }

  @Test
  void anAnswerThatThePaymentIsCompletedIsTrueOnlyWithItsOwnReceipt() {
    assertThat(contradiction(PAID, Expected.COMPLETED, recorded("FAILED")))
        .hasValueSatisfying(text -> assertThat(text).contains("told completed, but is FAILED"));
    assertThat(contradiction(PAID, Expected.COMPLETED, Optional.empty()))
        .hasValueSatisfying(text -> assertThat(text).contains("not recorded"));
    assertThat(
            contradiction(
                PAID,
                Expected.COMPLETED,
                Optional.of(new RecordedPayment(PAYMENT, UUID.randomUUID(), "COMPLETED"))))
        .isPresent();
    assertThat(
            contradiction(
                PAID,
                Expected.COMPLETED,
                Optional.of(new RecordedPayment(UUID.randomUUID(), RESERVATION, "COMPLETED"))))
        .hasValueSatisfying(text -> assertThat(text).contains("receipt of another payment"));
  }

  @Test
  void aPaymentToldFailedOrRefusedMustNotBeCompleted() {
    assertThat(contradiction(FAILED, Expected.COMPLETED, recorded("COMPLETED"))).isPresent();
    assertThat(contradiction(LATE, Expected.LATE, recorded("COMPLETED"))).isPresent();
  }

  @Test
  void aPaymentGetsOnlyTheOutcomeItWasPreparedFor() {
    assertThat(contradiction(PAID, Expected.LATE, recorded("COMPLETED")))
        .hasValueSatisfying(text -> assertThat(text).contains("prepared for LATE"));
    assertThat(contradiction(LATE, Expected.COMPLETED, recorded("FAILED"))).isPresent();
  }

  private static Optional<RecordedPayment> recorded(String status) {
    return Optional.of(new RecordedPayment(PAYMENT, RESERVATION, status));
  }

  private static Optional<String> contradiction(
      Answer answer, Expected expected, Optional<RecordedPayment> recorded) {
    return AnswerCheck.contradiction(
        new AskedPayment(new PlannedPayment(null, RESERVATION, 10, expected), "a key", answer),
        recorded);
  }
}

package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PlannedPayment.Expected;

class AskedPaymentTest {

  private static final Answer PAID = Answer.completed(UUID.randomUUID());
  private static final Answer LATE = Answer.refused("reservation-expired");

  @Test
  void aPaymentGetsOnlyTheOutcomeItWasPreparedFor() {
    assertThat(surprise(Expected.COMPLETED, PAID)).isEmpty();
    assertThat(surprise(Expected.LATE, LATE)).isEmpty();
    assertThat(surprise(Expected.LATE, PAID))
        .hasValueSatisfying(text -> assertThat(text).contains("prepared for LATE"));
    assertThat(surprise(Expected.COMPLETED, LATE)).isPresent();
  }

  @Test
  void aPaymentMayAlwaysFailOrStayUnknown() {
    assertThat(surprise(Expected.COMPLETED, Answer.failed("service-unavailable"))).isEmpty();
    assertThat(surprise(Expected.LATE, Answer.unknown("outcome-unknown"))).isEmpty();
  }

  private static Optional<String> surprise(Expected expected, Answer answer) {
    return new AskedPayment(
            new PlannedPayment(null, UUID.randomUUID(), 10, expected), "a key", answer)
        .surprise();
  }
}

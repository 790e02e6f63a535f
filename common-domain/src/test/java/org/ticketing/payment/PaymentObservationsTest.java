package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import org.springframework.dao.DataIntegrityViolationException;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Observations;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.testing.Observed;

class PaymentObservationsTest {

  private final Observed observed = new Observed();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final PaymentObservations payments =
      new PaymentObservations(Observations.of(observed.registry(), meters));

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void aPaymentIsToldByItsOutcomeAndItsIdIsInTheTraceAlone() {
    var receipt = new Receipt(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 100);

    assertThat(
            payments.observe(
                () -> {
                  LogField.PAYMENT.set(receipt.paymentId());
                  return receipt;
                }))
        .isSameAs(receipt);

    assertThat(observed.last().getName()).isEqualTo("ticketing.payment");
    assertThat(Observed.tags(observed.last()))
        .containsOnly(
            entry("outcome", "completed"),
            entry("reason", "none"),
            entry("payment", receipt.paymentId().toString()));
    assertThat(timed("completed", "none")).isEqualTo(1);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(refusal(Reason.INSUFFICIENT_POINTS), "refused", "insufficient-points"),
        arguments(refusal(Reason.IDEMPOTENCY_KEY_REUSED), "refused", "idempotency-key-reused"),
        arguments(refusal(Reason.SERVICE_UNAVAILABLE), "failed", "service-unavailable"),
        arguments(refusal(Reason.PAYMENT_CANCELLED), "failed", "payment-cancelled"),
        arguments(refusal(Reason.PAYMENT_IN_PROGRESS), "unknown", "payment-in-progress"),
        arguments(new ServiceUnavailable("away"), "failed", "service-unavailable"),
        arguments(new OutcomeUnknown("ask again", null), "unknown", "outcome-unknown"),
        arguments(new DataIntegrityViolationException("no"), "unknown", "internal-error"));
  }

  private static Refusal refusal(Reason reason) {
    return new Refusal(reason, "no");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void soIsOneThatDoesNotCompleteAndTheReason(
      RuntimeException failure, String outcome, String reason) {
    assertThatThrownBy(
            () ->
                payments.observe(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(Observed.tags(observed.last()))
        .containsOnly(entry("outcome", outcome), entry("reason", reason));
    assertThat(timed(outcome, reason)).isEqualTo(1);
  }

  /** Of the timer with these tags and no others, such as the id of a payment. */
  private long timed(String outcome, String reason) {
    Timer timer = meters.get("ticketing.payment").timer();
    assertThat(timer.getId().getTags())
        .containsExactlyInAnyOrder(Tag.of("outcome", outcome), Tag.of("reason", reason));
    return timer.count();
  }
}

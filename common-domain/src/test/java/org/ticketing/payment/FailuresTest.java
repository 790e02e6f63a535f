package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/** What is known of why a payment fails, and until when. */
class FailuresTest {

  private static final UUID PAYMENT = UUID.randomUUID();
  private static final Refusal EXPIRED = new Refusal(Reason.RESERVATION_EXPIRED, "Too late.");

  private final Failures failures = new Failures();

  @Test
  void theFirstFailureIsTheReason() {
    failures.during(
        PAYMENT,
        () -> {
          failures.failing(PAYMENT, new DuplicatePayment());
          assertThat(failures.of(PAYMENT)).isEmpty();
          failures.failing(PAYMENT, EXPIRED);
          failures.failing(PAYMENT, new ServiceUnavailable("No answer."));
          assertThat(failures.of(PAYMENT)).contains(EXPIRED);
          return null;
        });
  }

  @Test
  void nothingIsKnownOfAPaymentThatIsNotAttempted() {
    failures.failing(PAYMENT, EXPIRED);
    assertThat(failures.of(PAYMENT)).isEmpty();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                failures.during(
                    PAYMENT,
                    () -> {
                      failures.failing(PAYMENT, EXPIRED);
                      throw EXPIRED;
                    }));
    assertThat(failures.of(PAYMENT)).isEmpty();
  }
}

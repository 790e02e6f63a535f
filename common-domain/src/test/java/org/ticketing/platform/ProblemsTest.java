package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.ProblemDetail;

class ProblemsTest {

  @Test
  void everyReasonHasItsTypeAndStatus() {
    assertThat(Stream.of(Reason.values()).map(ProblemsTest::typeAndStatus))
        .containsExactlyInAnyOrder(
            "urn:ticketing:problem:invalid-request 400",
            "urn:ticketing:problem:xid-required 400",
            "urn:ticketing:problem:authentication-required 401",
            "urn:ticketing:problem:invalid-token 401",
            "urn:ticketing:problem:partner-key-required 401",
            "urn:ticketing:problem:wrong-credentials 401",
            "urn:ticketing:problem:forbidden 403",
            "urn:ticketing:problem:not-your-payment 403",
            "urn:ticketing:problem:not-your-queue-token 403",
            "urn:ticketing:problem:not-your-reservation 403",
            "urn:ticketing:problem:unknown-concert 404",
            "urn:ticketing:problem:unknown-coordinator 404",
            "urn:ticketing:problem:unknown-partner 404",
            "urn:ticketing:problem:unknown-payment 404",
            "urn:ticketing:problem:unknown-queue-token 404",
            "urn:ticketing:problem:unknown-reservation 404",
            "urn:ticketing:problem:unknown-schedule 404",
            "urn:ticketing:problem:unknown-seat 404",
            "urn:ticketing:problem:unknown-transaction 404",
            "urn:ticketing:problem:unknown-user 404",
            "urn:ticketing:problem:request-timeout 408",
            "urn:ticketing:problem:concert-cancelled 409",
            "urn:ticketing:problem:coordinator-running 409",
            "urn:ticketing:problem:email-taken 409",
            "urn:ticketing:problem:insufficient-points 409",
            "urn:ticketing:problem:not-admitted 409",
            "urn:ticketing:problem:not-on-sale 409",
            "urn:ticketing:problem:partner-ended 409",
            "urn:ticketing:problem:partner-exists 409",
            "urn:ticketing:problem:payment-in-progress 409",
            "urn:ticketing:problem:payment-undone 409",
            "urn:ticketing:problem:points-remain 409",
            "urn:ticketing:problem:price-changed 409",
            "urn:ticketing:problem:reservation-expired 409",
            "urn:ticketing:problem:reservation-not-held 409",
            "urn:ticketing:problem:reservations-remain 409",
            "urn:ticketing:problem:seat-exists 409",
            "urn:ticketing:problem:seat-taken 409",
            "urn:ticketing:problem:user-withdrawn 409",
            "urn:ticketing:problem:content-too-large 413",
            "urn:ticketing:problem:balance-limit 422",
            "urn:ticketing:problem:hold-too-long 422",
            "urn:ticketing:problem:idempotency-key-reused 422",
            "urn:ticketing:problem:layout-too-large 422",
            "urn:ticketing:problem:too-many-logins 429",
            "urn:ticketing:problem:too-many-payments 429",
            "urn:ticketing:problem:internal-error 500",
            "urn:ticketing:problem:outcome-unknown 503",
            "urn:ticketing:problem:payment-cancelled 503",
            "urn:ticketing:problem:service-unavailable 503");
  }

  private static String typeAndStatus(Reason reason) {
    ProblemDetail problem = Problems.problem(reason, "A sentence.");
    return problem.getType() + " " + problem.getStatus();
  }

  @ParameterizedTest
  @EnumSource
  void aReasonIsReadFromTheTypeItIsWrittenAs(Reason reason) {
    String type = Problems.problem(reason, "A sentence.").getType().toString();
    assertThat(Problems.reasonOf(type)).contains(reason);
  }

  @Test
  void aTypeOfSomebodyElseIsNoReason() {
    assertThat(Problems.reasonOf("about:blank")).isEmpty();
    assertThat(Problems.reasonOf(Problems.TYPE_PREFIX + "not-found")).isEmpty();
  }
}

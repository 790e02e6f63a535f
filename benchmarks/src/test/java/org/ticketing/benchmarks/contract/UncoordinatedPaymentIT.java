package org.ticketing.benchmarks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.benchmarks.audit.AuditReport;
import org.ticketing.benchmarks.audit.Violation;
import org.ticketing.benchmarks.audit.Violation.Kind;
import org.ticketing.benchmarks.load.Buyer;
import org.ticketing.stack.Variant;

/** The contract, with the cases that cannot be kept without a coordinator shown to be broken. */
class UncoordinatedPaymentIT extends PaymentContract {

  private static final int TRIES = 50;

  UncoordinatedPaymentIT() {
    super(Variant.UNCOORDINATED);
  }

  /** Nobody comes to finish anything. */
  @Override
  Duration settling() {
    return Duration.ZERO;
  }

  @Override
  void afterALateRefusal(Buyer user) {
    List<Violation> violations = newViolations(auditNow());
    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.POINTS_WITHOUT_PAYMENT);
    assertThat(customers.balanceOf(user)).as("points that bought nothing").isZero();
  }

  /** The loser's points are lost whenever both pass the lookup before one of them completes. */
  @Test
  @Override
  void twoPaymentsForOneReservationPayItOnce() throws Exception {
    List<Violation> violations = new ArrayList<>();
    for (int tries = 0; tries < TRIES && violations.isEmpty(); tries++) {
      payOneReservationTwiceAtOnce();
      violations.addAll(newViolations(auditNow()));
    }
    assertThat(violations)
        .isNotEmpty()
        .extracting(Violation::kind)
        .containsOnly(Kind.POINTS_WITHOUT_PAYMENT);
  }

  /** What was under way stays where it was: requested for ever, most of it with its points used. */
  @Test
  @Override
  void aPaymentProcessKilledInABurstLeavesNothingHalfDone() throws Exception {
    killThePaymentProcessInABurst();

    AuditReport report = auditNow();
    assertThat(report.inDoubt()).containsKey("payments requested");
  }
}

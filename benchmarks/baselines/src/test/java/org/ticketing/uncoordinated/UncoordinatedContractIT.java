package org.ticketing.uncoordinated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.audit.Violation;
import org.ticketing.verification.audit.Violation.Kind;
import org.ticketing.verification.contract.PaymentContract;
import org.ticketing.workload.Customer;

/** The contract, with the cases that cannot be kept without a coordinator shown to be broken. */
class UncoordinatedContractIT extends PaymentContract {

  private static final int TRIES = 50;
  private static final int KILLS = 5;
  private static final String REQUESTED = "payments requested";

  UncoordinatedContractIT() {
    super(Systems.named("uncoordinated"));
  }

  @Override
  protected void afterALateRefusal(Customer customer) {
    List<Violation> violations = newViolations(auditNow());
    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.POINTS_WITHOUT_PAYMENT);
    assertThat(customer.balance()).as("points that bought nothing").isZero();
  }

  @Override
  protected void afterACancellation(List<Customer> customers, long late) throws Exception {
    List<Violation> violations = newViolations(auditOnceSettled());
    assertThat(violations)
        .extracting(Violation::kind)
        .hasSize(Math.toIntExact(late))
        .allMatch(Kind.POINTS_WITHOUT_PAYMENT::equals);
  }

  /** The loser's points are lost whenever both pass the lookup before one of them completes. */
  @Test
  @Override
  protected void twoPaymentsForOneReservationPayItOnce() throws Exception {
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

  /**
   * What was under way stays where it was: requested for ever, most of it with its points used. A
   * kill may also find each of the few payments under way before or after that.
   */
  @Test
  @Override
  protected void aPaymentProcessKilledInABurstLeavesNothingHalfDone() throws Exception {
    Map<String, Long> inDoubt = Map.of();
    for (int kills = 0; kills < KILLS && !inDoubt.containsKey(REQUESTED); kills++) {
      killThePaymentProcessInABurst();
      inDoubt = auditNow().inDoubt();
    }

    assertThat(inDoubt).containsKey(REQUESTED);
  }
}

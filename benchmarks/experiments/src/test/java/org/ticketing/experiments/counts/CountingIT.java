package org.ticketing.experiments.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.AbstractDoubleAssert;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/** What is counted is what the package page of a system shows step by step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CountingIT {

  /** The rate of what happens in background is not quite the same while payments are made. */
  private static final Offset<Double> BACKGROUND = within(0.2);

  private static final SystemDescription UNCOORDINATED = Systems.named("uncoordinated");
  private static final SystemDescription XA = Systems.named("xa");

  private LocalStack stack;

  @BeforeAll
  void start() {
    stack = LocalStack.start(StackOptions.forSystems(UNCOORDINATED, XA));
  }

  @AfterAll
  void close() {
    stack.close();
  }

  @Test
  void aPaymentWithoutCoordinationForcesItsFourCommits() throws Exception {
    Counts counts = Counting.of(stack, UNCOORDINATED, new Silent());
    Part completed = counts.completed();

    assertCount(completed, Unit.FORCED_WRITE, "postgresql", "log").isCloseTo(3, BACKGROUND);
    assertCount(completed, Unit.FORCED_WRITE, "mysql", "log").isCloseTo(1, BACKGROUND);
    assertThat(completed.protocolCalls()).isEqualTo(2);
    assertThat(completed.lookups()).isEqualTo(2);
    assertThat(counts.refusedLate().protocolCalls()).isEqualTo(2);
  }

  @Test
  void aPaymentByTwoPhaseCommitForcesPreparesDecisionAndCommits() throws Exception {
    Part completed = Counting.of(stack, XA, new Silent()).completed();

    // The reservation's prepare and commit, and the decision, which commits the payment's database.
    assertCount(completed, Unit.FORCED_WRITE, "postgresql", "log").isCloseTo(3, BACKGROUND);
    assertCount(completed, Unit.FORCED_WRITE, "mysql", "log").isCloseTo(2, BACKGROUND);
    assertCount(completed, Unit.STATEMENT, "xa_payment", "PREPARE TRANSACTION").isZero();
    for (String kind : List.of("PREPARE TRANSACTION", "COMMIT PREPARED")) {
      assertCount(completed, Unit.STATEMENT, "xa_reservation", kind).isCloseTo(1, BACKGROUND);
    }
    for (String participant : List.of("point", "reservation")) {
      for (String phase : List.of("prepare", "commit")) {
        assertCount(completed, Unit.CALL, participant, "POST /protocol/xa/branches/{}/" + phase)
            .isCloseTo(1, BACKGROUND);
      }
    }
    assertThat(completed.protocolCalls()).isCloseTo(6, BACKGROUND);
  }

  private static AbstractDoubleAssert<?> assertCount(
      Part part, Unit unit, String where, String kind) {
    return assertThat(
        part.counts().stream()
            .filter(count -> count.unit() == unit)
            .filter(count -> count.where().equals(where) && count.kind().equals(kind))
            .mapToDouble(Count::perPayment)
            .sum());
  }

  private static final class Silent implements ProgressListener {
    @Override
    public void accept(String line) {}

    @Override
    public void step(int done, int all, String what) {}
  }
}

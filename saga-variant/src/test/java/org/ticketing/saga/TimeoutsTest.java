package org.ticketing.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ticketing.platform.Timeouts;
import org.ticketing.stack.system.Systems;
import org.ticketing.testing.DefaultSettings;

/**
 * The timeouts that the processes have by default are in the order that docs/timeouts.md explains.
 */
class TimeoutsTest {

  private final DefaultSettings settings = new DefaultSettings();
  private final Timeouts timeouts = settings.timeouts();
  private final CoordinatorSettings coordinator =
      settings.bound("ticketing.saga.coordinator", CoordinatorSettings.class);
  private final Duration server = settings.duration("seata.transport.rpc-tm-request-timeout");

  /** The first and the last step, and their compensation. */
  private final Duration ownWork = timeouts.connection().plus(timeouts.lock());

  private final Duration twoCalls = timeouts.call().multipliedBy(2);

  @Test
  void aSagaOutlastsItsSteps() {
    assertThat(coordinator.transactionTimeout()).isGreaterThan(twoCalls.plus(ownWork));
  }

  @Test
  void aCustomerHasAnAnswerWithinAMinute() {
    Duration earlierPayment = ownWork;
    Duration lookUps = timeouts.call();
    Duration beginning = server;
    Duration compensations = twoCalls.plus(ownWork);
    Duration report = server;

    assertThat(
            earlierPayment
                .plus(lookUps)
                .plus(beginning)
                .plus(coordinator.transactionTimeout())
                .plus(compensations)
                .plus(report))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theLongestTimerIsThatOfTheForgottenSagas() {
    assertThat(Systems.named("saga").longestTimer())
        .isGreaterThan(
            coordinator
                .transactionTimeout()
                .plus(SagaRecovery.SERVERS_TURN)
                .plus(SagaRecovery.BETWEEN_LOOKS));
  }
}

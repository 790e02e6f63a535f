package org.ticketing.tcc;

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
      settings.bound("ticketing.tcc.coordinator", CoordinatorSettings.class);
  private final ParticipantSettings participant =
      settings.bound("ticketing.tcc.participant", ParticipantSettings.class);
  private final Duration decision = settings.duration("seata.transport.rpc-tm-request-timeout");

  /** A try registers its branch before it opens a connection. */
  private final Duration ownTry =
      settings
          .duration("seata.transport.rpc-rm-request-timeout")
          .plus(timeouts.connection())
          .plus(timeouts.lock());

  @Test
  void aCallOutlastsATry() {
    assertThat(timeouts.answer()).isGreaterThan(ownTry);
  }

  @Test
  void aTransactionOutlastsItsTries() {
    assertThat(coordinator.transactionTimeout())
        .isGreaterThan(timeouts.call().multipliedBy(2).plus(ownTry));
  }

  @Test
  void aBranchIsRememberedForLongerThanItsTransactionMayLast() {
    assertThat(participant.fenceRetention()).isGreaterThan(coordinator.transactionTimeout());
  }

  @Test
  void aCustomerHasAnAnswerWithinAMinute() {
    Duration earlierPayment = timeouts.connection().plus(timeouts.lock());
    Duration lookUps = timeouts.call();
    Duration beginning = decision;
    Duration askingForTheStatus = decision;
    Duration recordOfTheFailure = timeouts.connection().plus(timeouts.lock());

    assertThat(
            earlierPayment
                .plus(lookUps)
                .plus(beginning)
                .plus(coordinator.transactionTimeout())
                .plus(decision)
                .plus(askingForTheStatus)
                .plus(recordOfTheFailure))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theLongestTimerIsThatOfTheServer() {
    assertThat(Systems.named("tcc").longestTimer()).isGreaterThan(coordinator.transactionTimeout());
  }
}

package org.ticketing.xa;

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
      settings.bound("ticketing.xa.coordinator", CoordinatorSettings.class);
  private final ParticipantSettings participant =
      settings.bound("ticketing.xa.participant", ParticipantSettings.class);

  /** In the coordinator's own database. */
  private final Duration ownWork = timeouts.connection().plus(timeouts.lock());

  @Test
  void aTransactionOutlastsItsWork() {
    assertThat(coordinator.transactionTimeout())
        .isGreaterThan(timeouts.call().multipliedBy(2).plus(ownWork));
  }

  @Test
  void aBranchIsKeptWhileTheOtherParticipantIsCalled() {
    assertThat(participant.idleTimeout()).isGreaterThan(timeouts.call().plus(timeouts.lock()));
  }

  @Test
  void theDatabaseKeepsTheCoordinatorsOwnTransactionWhileItLasts() {
    assertThat(timeouts.idleTransaction()).isGreaterThan(coordinator.transactionTimeout());
  }

  @Test
  void aCustomerHasAnAnswerWithinAMinute() {
    Duration earlierPayment = ownWork;
    Duration lookUps = timeouts.call();
    Duration prepare = timeouts.call();
    Duration commit =
        timeouts.call().plus(coordinator.retryDelay()).multipliedBy(coordinator.retries() + 1);
    Duration recordOfTheFailure = ownWork;

    assertThat(
            earlierPayment
                .plus(lookUps)
                .plus(coordinator.transactionTimeout())
                .plus(prepare)
                .plus(commit)
                .plus(recordOfTheFailure))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aCoordinatorThatReturnsWaitsForItsClaimLongerThanAnotherKeepsIt() {
    assertThat(Claims.PATIENCE).isGreaterThan(LeftBranches.LONGEST);
  }

  @Test
  void aRestartComesBeforeTheTakeOver() {
    TakeOverSettings takeOver =
        settings.bound("ticketing.xa.coordinator.take-over", TakeOverSettings.class);

    assertThat(takeOver.absence()).isGreaterThan(Claims.PATIENCE);
  }

  @Test
  void aProcessStopsWithinTenSeconds() {
    Duration requestsJobsAndTimers =
        settings.duration("spring.lifecycle.timeout-per-shutdown-phase");

    assertThat(requestsJobsAndTimers.plus(Coordinator.LONGEST_STOP))
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void theLongestTimerIsThatOfRecovery() {
    assertThat(Systems.named("xa").longestTimer())
        .isGreaterThan(
            coordinator.transactionTimeout().plus(coordinator.recoveryDelay().multipliedBy(2)));
  }
}

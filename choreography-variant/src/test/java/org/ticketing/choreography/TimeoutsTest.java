package org.ticketing.choreography;

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
  private final ChoreographySettings choreography =
      settings.bound("ticketing.choreography", ChoreographySettings.class);

  /** Of a reaction, or of the request of a payment. */
  private final Duration ownWork = timeouts.connection().plus(timeouts.lock());

  @Test
  void aReaderWaitsForAnEventForAShorterTimeThanForAnAnswer() {
    assertThat(choreography.pollWait()).isLessThan(timeouts.answer());
  }

  @Test
  void anEventIsHandedOverAgainWhenItsReactionHasWaitedForALock() {
    assertThat(choreography.redelivery()).isGreaterThan(timeouts.lock());
  }

  @Test
  void aPaymentOutlastsItsThreeReactions() {
    assertThat(choreography.paymentTimeout()).isGreaterThan(ownWork.multipliedBy(3));
  }

  @Test
  void aPaymentOutlastsAllAttemptsOfAReaction() {
    assertThat(choreography.paymentTimeout())
        .isGreaterThan(choreography.redelivery().multipliedBy(choreography.attempts()));
  }

  @Test
  void aCustomerHasAnAnswerWithinAMinute() {
    Duration earlierPayment = ownWork;
    Duration earlierUndone = ownWork;
    Duration lookUps = timeouts.call();
    Duration request = ownWork;
    Duration cancellation = ownWork;
    Duration howItHasEnded = ownWork;

    assertThat(
            earlierPayment
                .plus(earlierUndone)
                .plus(lookUps)
                .plus(request)
                .plus(choreography.paymentTimeout())
                .plus(cancellation)
                .plus(Cancellation.LONGEST_WAIT)
                .plus(howItHasEnded))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theLongestTimerIsThatOfAPaymentWhoseProcessHasDied() {
    assertThat(Systems.named("choreography").longestTimer())
        .isGreaterThan(
            choreography
                .paymentTimeout()
                .plus(OverduePayments.ITS_TURN)
                .plus(OverduePayments.BETWEEN_LOOKS)
                .plus(choreography.redelivery()));
  }
}

package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.PaymentWatches.Follower;

/** What followers are told while payments cannot be read, and after the end. */
class PaymentWatchesTest {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch databaseIsBack = new CountDownLatch(1);
  private final PaymentService payments = mock();
  private final PaymentWatches watches =
      new PaymentWatches(payments, AsynchronySettings.with(Map.of("poll-interval", "20ms")));

  private static final class Counting implements Follower {

    private final CountDownLatch intervals = new CountDownLatch(3);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void changed(Payment payment) {}

    @Override
    public Duration interval() {
      return Duration.ofMillis(10);
    }

    @Override
    public void intervalOver() {
      intervals.countDown();
    }

    @Override
    public void stopped() {
      stopped.countDown();
    }
  }

  @AfterEach
  void stop() {
    databaseIsBack.countDown();
    watches.stop();
  }

  @Test
  void intervalsGoOnWhileTheDatabaseIsSilent() throws Exception {
    var asked = new CountDownLatch(1);
    when(payments.findAll(any()))
        .thenAnswer(
            call -> {
              asked.countDown();
              databaseIsBack.await();
              return List.of();
            });
    watches.start();
    var follower = new Counting();
    watches.follow(UUID.randomUUID(), follower);
    assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(follower.intervals.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoComesAfterTheEndIsSentAway() throws Exception {
    watches.start();
    watches.stop();
    var follower = new Counting();
    watches.follow(UUID.randomUUID(), follower);
    assertThat(follower.stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}

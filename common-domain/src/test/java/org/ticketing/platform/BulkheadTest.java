package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkheadTest {

  private static final Executor EACH_IN_A_THREAD = work -> new Thread(work).start();

  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void end() {
    end.countDown();
  }

  @Test
  void whoHasNoPlaceToWaitIsRefusedAtOnce() throws Exception {
    var bulkhead = new Bulkhead(1, 0, Duration.ofDays(1));
    CompletableFuture<String> first = occupy(bulkhead);

    assertThatThrownBy(() -> bulkhead.call(() -> "second")).isInstanceOf(Overloaded.class);

    end.countDown();
    assertThat(first.get()).isEqualTo("first");
    assertThat(bulkhead.call(() -> "third")).isEqualTo("third");
  }

  @Test
  void whoseTurnDoesNotComeInTimeIsRefusedAndGivesTheirPlaceBack() throws Exception {
    var bulkhead = new Bulkhead(1, 1, Duration.ofMillis(1));
    occupy(bulkhead);

    for (int times = 0; times < 3; times++) {
      assertThatThrownBy(() -> bulkhead.call(() -> "second")).isInstanceOf(Overloaded.class);
    }
  }

  @Test
  void whoWaitsHasTheNextTurn() throws Exception {
    var bulkhead = new Bulkhead(1, 1, Duration.ofDays(1));
    occupy(bulkhead);
    var second =
        CompletableFuture.supplyAsync(() -> bulkhead.call(() -> "second"), EACH_IN_A_THREAD);

    end.countDown();

    assertThat(second.get()).isEqualTo("second");
  }

  @Test
  void workThatFailsGivesItsPlaceBack() {
    var bulkhead = new Bulkhead(1, 0, Duration.ofMillis(1));
    for (int times = 0; times < 3; times++) {
      assertThatThrownBy(
              () ->
                  bulkhead.call(
                      () -> {
                        throw new IllegalStateException("failed");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Has somebody begin to work who does not end before the test says so. */
  private CompletableFuture<String> occupy(Bulkhead bulkhead) throws InterruptedException {
    var begun = new CountDownLatch(1);
    var first =
        CompletableFuture.supplyAsync(
            () ->
                bulkhead.call(
                    () -> {
                      begun.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                      }
                      return "first";
                    }),
            EACH_IN_A_THREAD);
    begun.await();
    return first;
  }
}

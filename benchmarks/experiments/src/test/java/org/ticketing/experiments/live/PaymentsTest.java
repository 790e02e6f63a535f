package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.crash.AskedPayment;
import org.ticketing.workload.Answer;
import org.ticketing.workload.Customer;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PlannedPayment.Expected;

class PaymentsTest {

  private static final PlannedPayment PLANNED =
      new PlannedPayment(
          new Customer(UUID.randomUUID(), null), UUID.randomUUID(), 10, Expected.COMPLETED);

  private final Payments payments = new Payments();

  @Test
  void thoseUnderWayAtAKillAreShownHoweverManyFollow() {
    payments.sent("before", PLANNED);
    payments.answered("before", Answer.completed(UUID.randomUUID()));
    payments.sent("hit", PLANNED);
    payments.hit();
    for (int number = 0; number < 10; number++) {
      payments.sent("after " + number, PLANNED);
    }

    assertThat(payments.hitKeys(3)).containsExactly("hit");
    assertThat(payments.views(2))
        .extracting(View.Payment::key)
        .containsExactly("hit", "after 8", "after 9");
    assertThat(payments.sent()).isEqualTo(12);
    assertThat(payments.inFlight()).isEqualTo(11);
  }

  @Test
  void thoseWhoseCustomersWereNotToldAreAskedForAgain() {
    payments.sent("completed", PLANNED);
    payments.answered("completed", Answer.completed(UUID.randomUUID()));
    payments.sent("unknown", PLANNED);
    payments.answered("unknown", Answer.unknown("outcome-unknown"));
    payments.sent("unanswered", PLANNED);

    assertThat(payments.untold())
        .extracting(AskedPayment::key)
        .containsExactly("unknown", "unanswered");
  }

  @Test
  void theLastAnswerEndsTheWait() throws Exception {
    payments.sent("one", PLANNED);
    assertThat(payments.areAnswered()).isFalse();

    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try {
                payments.awaitAnswers(Duration.ofMinutes(1));
              } catch (InterruptedException end) {
                throw new IllegalStateException(end);
              }
            });
    payments.answered("one", Answer.refused("insufficient-points"));

    waiting.get(30, TimeUnit.SECONDS);
    assertThat(payments.areAnswered()).isTrue();
  }
}

package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.ticketing.payment.PaymentApi.Status;

class AwaitedAnswerTest {

  private static final ResponseEntity<Object> ACCEPTED = ResponseEntity.accepted().build();
  private static final ResponseEntity<Object> ENDED = ResponseEntity.ok().build();

  private final PaymentWatches watches = mock();
  private int asked;
  private final AwaitedAnswer awaited =
      new AwaitedAnswer(Duration.ofSeconds(2), watches) {
        @Override
        ResponseEntity<Object> ended(Payment payment) {
          asked++;
          return ENDED;
        }

        @Override
        ResponseEntity<Object> accepted() {
          asked++;
          return ACCEPTED;
        }
      };

  @BeforeEach
  void follow() {
    when(watches.leave(awaited)).thenReturn(true).thenReturn(false);
  }

  @Test
  void theEndIsTheAnswer() {
    awaited.changed(payment(Status.REQUESTED));
    assertThat(awaited.answer().hasResult()).isFalse();
    awaited.changed(payment(Status.COMPLETED));
    assertThat(awaited.answer().getResult()).isEqualTo(ENDED);
  }

  @Test
  void whenTheTimeIsOverTheAnswerIsThatItWasAccepted() {
    assertThat(awaited.interval()).isEqualTo(Duration.ofSeconds(2));
    awaited.intervalOver();
    assertThat(awaited.answer().getResult()).isEqualTo(ACCEPTED);
  }

  /** The other answer would have set headers of a response that is not its own. */
  @Test
  void onlyOneAnswerIsMade() {
    awaited.intervalOver();
    awaited.changed(payment(Status.COMPLETED));
    awaited.stopped();
    assertThat(awaited.answer().getResult()).isEqualTo(ACCEPTED);
    assertThat(asked).isOne();
  }

  private static Payment payment(Status status) {
    return new Payment(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        100L,
        status,
        null,
        Instant.EPOCH,
        null);
  }
}

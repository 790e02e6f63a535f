package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.ticketing.choreography.EventKind.PAYMENT_CANCELLED;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.context.request.async.DeferredResult;

/** When the outbox itself is asked, and when not. */
class OutboxCarrierTest {

  private static final String READER = "point";

  private final Outbox outbox = mock();
  private final OutboxCarrier carrier = new OutboxCarrier(outbox, EventDatabase.SETTINGS);

  @BeforeEach
  void start() {
    when(outbox.take(any(), anyInt())).thenReturn(List.of());
    carrier.start();
  }

  @AfterEach
  void stop() {
    if (carrier.isRunning()) {
      carrier.stop();
    }
  }

  @Test
  void whatIsCommittedGoesToWhoeverWaitsWithoutTheOutbox() {
    DeferredResult<List<PaymentEvent>> waiting = carrier.next(READER, 4);
    PaymentEvent event = event(PAYMENT_REQUESTED, 1);

    carrier.handOver(List.of(event));

    assertThat(waiting.getResult()).isEqualTo(List.of(event));
    verify(outbox, never()).release(anyCollection());
  }

  @Test
  void whatNobodyFetchesGoesBackToTheOutbox() {
    carrier.handOver(List.of(event(PAYMENT_REQUESTED, 1)));

    await().untilAsserted(() -> verify(outbox).release(List.of(1L)));
    assertThat(carrier.next(READER, 4).hasResult()).isFalse();
  }

  @Test
  void whatIsDueInTheOutboxGoesToWhoeverWaits() {
    PaymentEvent due = event(PAYMENT_CANCELLED, 7);
    when(outbox.take(eq(READER), anyInt())).thenReturn(List.of(due), List.of());

    DeferredResult<List<PaymentEvent>> waiting = carrier.next(READER, 4);

    await().untilAsserted(() -> assertThat(waiting.getResult()).isEqualTo(List.of(due)));
  }

  @Test
  void aRequestForWhichNothingComesIsAnsweredInTheEnd() {
    DeferredResult<List<PaymentEvent>> waiting = carrier.next(READER, 4);

    await().untilAsserted(() -> assertThat(waiting.getResult()).isEqualTo(List.of()));
  }

  @Test
  void acknowledgementsAreKeptUntilTheOutboxHasThem() {
    doThrow(new DataAccessResourceFailureException("away"))
        .doNothing()
        .when(outbox)
        .delivered(any());

    carrier.acknowledge(List.of(1L));

    await().untilAsserted(() -> verify(outbox, times(2)).delivered(List.of(1L)));
  }

  @Test
  void whoStopsAnswersEverybodyAndGivesBackWhatIsLeft() {
    DeferredResult<List<PaymentEvent>> waiting = carrier.next("reservation", 4);
    carrier.handOver(List.of(event(PAYMENT_REQUESTED, 1)));
    carrier.acknowledge(List.of(5L));

    carrier.stop();

    assertThat(waiting.getResult()).isEqualTo(List.of());
    verify(outbox, atLeastOnce()).release(List.of(1L));
    verify(outbox).delivered(List.of(5L));
    assertThat(carrier.next(READER, 4).getResult()).isEqualTo(List.of());
  }

  /** Requests and reactions go on for a while. */
  @Test
  void whatIsCommittedAfterTheEndIsLeftToOtherProcessesAtOnce() {
    carrier.stop();

    carrier.handOver(List.of(event(PAYMENT_REQUESTED, 1)));

    verify(outbox).release(List.of(1L));
  }

  private static PaymentEvent event(EventKind kind, long number) {
    return EventDatabase.event(kind, UUID.randomUUID()).forReader(READER).numbered(number);
  }
}

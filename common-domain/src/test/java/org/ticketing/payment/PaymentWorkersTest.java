package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.AcceptedPayments.Taken;

/** How a process shares its accepted payments out among its workers. */
class PaymentWorkersTest {

  private static final long PATIENCE = 10_000;

  private final AcceptedPayments queue = mock();
  private final PaymentWorker worker = mock();
  private final PaymentWatches watches = mock();
  private final PaymentWorkers workers =
      new PaymentWorkers(
          queue,
          worker,
          watches,
          AsynchronySettings.with(Map.of("workers", "2", "poll-interval", "20ms")));

  private final BlockingQueue<Taken> waiting = new LinkedBlockingQueue<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger atWork = new AtomicInteger();

  @BeforeEach
  void payments() {
    when(queue.take(any(), any(), anyInt()))
        .thenAnswer(
            asked -> {
              List<Taken> taken = new ArrayList<>();
              waiting.drainTo(taken, asked.getArgument(2, Integer.class));
              return taken;
            });
    when(worker.make(any()))
        .thenAnswer(
            asked -> {
              atWork.incrementAndGet();
              goOn.await();
              return Optional.empty();
            });
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    workers.stop();
  }

  @Test
  void asManyAreMadeAtATimeAsThereAreWorkers() {
    waiting.addAll(List.of(taken(1), taken(2), taken(3)));
    workers.start();
    await().until(() -> atWork.get() == 2);
    assertThat(waiting).hasSize(1);

    goOn.countDown();

    await().until(() -> atWork.get() == 3);
    verify(worker, timeout(PATIENCE)).end(taken(3));
    verify(watches, timeout(PATIENCE).times(3)).look();
  }

  @Test
  void whatHasNotEndedIsPostponed() {
    doReturn(Optional.of(Duration.ofSeconds(4))).when(worker).make(any());
    waiting.add(taken(1));
    workers.start();

    verify(queue, timeout(PATIENCE)).postpone(eq(taken(1)), any(), eq(Duration.ofSeconds(4)));
    verify(worker, never()).end(any());
  }

  @Test
  void whatCannotBeEndedIsGivenBack() {
    goOn.countDown();
    doThrow(new IllegalStateException("The database is away.")).when(worker).end(any());
    waiting.add(taken(1));
    workers.start();

    verify(queue, timeout(PATIENCE)).postpone(eq(taken(1)), any(), any());
  }

  @Test
  void aProcessThatStopsTakesNothingMoreAndFinishesWhatIsAtWork() {
    waiting.add(taken(1));
    workers.start();
    await().until(() -> atWork.get() == 1);
    var stopped = new CountDownLatch(1);

    workers.stop(stopped::countDown);
    await().until(() -> !isAnybodyTaking());
    waiting.add(taken(2));

    assertThat(workers.isRunning()).isFalse();
    assertThat(stopped.getCount()).as("while one is at work").isOne();
    goOn.countDown();
    await().until(() -> stopped.getCount() == 0);
    verify(worker).end(taken(1));
    verify(queue).leave(any());
    assertThat(waiting).containsExactly(taken(2));
  }

  private static boolean isAnybodyTaking() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("payment-workers"));
  }

  private static Taken taken(long number) {
    UUID id = new UUID(0, number);
    return new Taken(number, id, new Order(id, "key", id), 1);
  }
}

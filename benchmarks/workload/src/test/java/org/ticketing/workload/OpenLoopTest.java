package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.Receipt;
import org.ticketing.workload.FakeSystem.Reply;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Outcome;

/** Against a system whose answers take time on a clock that only the test moves. */
class OpenLoopTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SERVICE = 10 * MILLI;

  private final FakeClock clock = new FakeClock();
  private final ConcurrentLinkedQueue<Request> answered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private FakeSystem system;

  @BeforeEach
  void start() throws IOException {
    system = new FakeSystem();
    system.payments = () -> answerAfter(SERVICE);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void aSystemThatKeepsUpIsSentEveryRequestWhenItIsDue() throws Exception {
    send(Arrivals.constant(10, Duration.ofSeconds(1)), 1);

    assertThat(answered).extracting(Request::due).containsExactlyElementsOf(hundreds(10));
    assertThat(answered)
        .allSatisfy(
            request -> {
              assertThat(request.lateNanos()).isZero();
              assertThat(request.waitedForClient()).isFalse();
              assertThat(request.latencyNanos()).isEqualTo(SERVICE);
              assertThat(request.serviceNanos()).isEqualTo(SERVICE);
            });
  }

  @Test
  void aStallOfTheSystemShowsInTheLatencyOfWhatWasDueMeanwhile() throws Exception {
    long stall = 450 * MILLI;
    system.payments = () -> answerAfter(asked.getAndIncrement() == 2 ? stall : SERVICE);

    send(Arrivals.constant(10, Duration.ofSeconds(1)), 1);

    // The third is due at 200 ms and answered at 650 ms. Then come those due at 300, 400 ... ms.
    assertThat(answered)
        .extracting(request -> request.latencyNanos() / MILLI)
        .containsExactly(10L, 10L, 450L, 360L, 270L, 180L, 90L, 10L, 10L, 10L);
    assertThat(answered)
        .extracting(request -> request.serviceNanos() / MILLI)
        .containsExactly(10L, 10L, 450L, 10L, 10L, 10L, 10L, 10L, 10L, 10L);
    assertThat(answered)
        .extracting(Request::waitedForClient)
        .containsExactly(false, false, false, true, true, true, true, false, false, false);
    assertThat(answered)
        .extracting(request -> request.lateNanos() / MILLI)
        .containsExactly(0L, 0L, 0L, 350L, 260L, 170L, 80L, 0L, 0L, 0L);
  }

  @Test
  void whatCannotBeSentUntilTheEndIsNotSent() throws Exception {
    system.payments = () -> answerAfter(400 * MILLI);

    OpenLoop loop = send(Arrivals.constant(10, Duration.ofSeconds(1)), 1);

    assertThat(answered)
        .extracting(request -> request.sent() / MILLI)
        .containsExactly(0L, 400L, 800L);
    assertThat(loop.behindNanos()).isEqualTo(900 * MILLI);
  }

  @Test
  void aPaymentThatIsNotThereWhenItIsDueIsNotSentAndKeepsNoOtherWaiting() throws Exception {
    OpenLoop loop = new OpenLoop(Arrivals.constant(10, Duration.ofSeconds(1)), 1, clock);

    loop.send(
        number -> number == 3 ? Optional.empty() : Optional.of(system.planned),
        payment -> Answer.completed(system.payment),
        answered::add);

    assertThat(answered)
        .extracting(request -> request.sent() / MILLI)
        .containsExactly(0L, 100L, 200L, 400L, 500L, 600L, 700L, 800L, 900L);
    assertThat(answered).extracting(Request::waitedForClient).containsOnly(false);
  }

  @Test
  void requestsThatAreRefusedFailedOrUnknownAreToldToo() throws Exception {
    List<Reply> replies =
        List.of(
            FakeSystem.problem(409, "reservation-expired"),
            FakeSystem.problem(503, "service-unavailable"),
            FakeSystem.problem(503, "outcome-unknown"));
    system.payments = () -> replies.get(asked.getAndIncrement());

    send(Arrivals.constant(3, Duration.ofSeconds(1)), 1);

    assertThat(answered)
        .extracting(request -> request.answer().outcome())
        .containsExactly(Outcome.REFUSED, Outcome.FAILED, Outcome.UNKNOWN);
  }

  @Test
  void aRequestThatHangsDoesNotKeepAnotherClientFromSending() throws Exception {
    CountDownLatch othersAnswered = new CountDownLatch(9);
    system.payments =
        () -> {
          if (asked.getAndIncrement() == 0) {
            othersAnswered.await();
          }
          return receipt();
        };

    send(
        Arrivals.constant(10, Duration.ofSeconds(1)),
        2,
        request -> {
          answered.add(request);
          othersAnswered.countDown();
        });

    assertThat(answered).extracting(Request::due).containsExactlyInAnyOrderElementsOf(hundreds(10));
  }

  private OpenLoop send(Arrivals arrivals, int clients) throws Exception {
    return send(arrivals, clients, answered::add);
  }

  private OpenLoop send(Arrivals arrivals, int clients, Consumer<Request> listener)
      throws Exception {
    OpenLoop loop = new OpenLoop(arrivals, clients, clock);
    try (PaymentClient client = new PaymentClient(system.url(), new History("fake"))) {
      loop.send(
          number -> Optional.of(system.planned), payment -> client.pay(payment, "key"), listener);
    }
    return loop;
  }

  private Reply answerAfter(long nanos) {
    clock.advance(nanos);
    return receipt();
  }

  private Reply receipt() {
    return new Reply(
        201,
        new Receipt(
            system.payment,
            system.customer.id(),
            system.planned.reservationId(),
            FakeSystem.PRICE));
  }

  private static List<Long> hundreds(int count) {
    return LongStream.range(0, count).mapToObj(i -> i * 100 * MILLI).toList();
  }
}

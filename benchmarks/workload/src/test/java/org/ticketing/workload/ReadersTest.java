package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.FailedRead;
import org.ticketing.workload.history.Operation.ReservationRead;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadersTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Answer LOST = Answer.unknown("NoHttpResponseException");

  private final History history = new History("fake");
  private FakeSystem system;
  private Readers readers;

  @BeforeEach
  void start() throws IOException {
    system = new FakeSystem();
    readers = Readers.start(history, 2, LONG);
  }

  @AfterEach
  void stop() {
    readers.close();
    system.close();
  }

  private <T extends Operation> List<T> all(Class<T> kind) {
    return history.operations(kind).toList();
  }

  private void awaitReads(Class<? extends Operation> kind, int count) {
    Awaitility.await().until(() -> all(kind).size() >= count);
  }

  private static Answer refused(String reason) {
    return Answer.refused(reason);
  }

  @Test
  void seeAPaymentFracturedUntilItsReservationIsConfirmed() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    system.wallet = system::usedWallet;
    system.reservation =
        () -> system.reservation(reads.incrementAndGet() > 3 ? Status.CONFIRMED : Status.HELD);

    readers.follow(system.planned);
    readers.finish(LONG);

    assertThat(all(ReservationRead.class))
        .extracting(ReservationRead::status)
        .containsExactly(Status.HELD, Status.HELD, Status.HELD, Status.CONFIRMED);
    EntriesRead use = all(EntriesRead.class).get(0);
    assertThat(use.showsUseOf(system.payment)).isTrue();
    assertThat(all(ReservationRead.class)).allMatch(read -> read.start() > use.end());
  }

  @Test
  void seeNothingWrongWithAnAtomicPayment() throws Exception {
    system.wallet = system::usedWallet;
    system.reservation = () -> system.reservation(Status.CONFIRMED);

    readers.follow(system.planned);
    readers.finish(LONG);

    assertThat(all(EntriesRead.class)).anyMatch(read -> read.showsUseOf(system.payment));
    assertThat(all(ReservationRead.class))
        .extracting(ReservationRead::status)
        .containsOnly(Status.CONFIRMED);
  }

  @Test
  void readTheWalletBeforeTheReservation() {
    readers.follow(system.planned);
    awaitReads(ReservationRead.class, 1);

    EntriesRead wallet = all(EntriesRead.class).get(0);
    ReservationRead reservation = all(ReservationRead.class).get(0);
    assertThat(wallet.end()).isLessThanOrEqualTo(reservation.start());
    assertThat(wallet.reader()).isEqualTo(reservation.reader());
    assertThat(wallet.user()).isEqualTo(system.customer.id());
  }

  @Test
  void keepLookingAtAPaymentThatIsUnderWay() {
    readers.follow(system.planned);
    awaitReads(ReservationRead.class, 10);
  }

  @Test
  void turnFromARefusedPaymentOnceItsPointsAreBack() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    system.wallet =
        () -> reads.incrementAndGet() > 3 ? system.refundedWallet() : system.usedWallet();

    readers.follow(system.planned);
    readers.answered(system.planned, refused("reservation-expired"));
    readers.finish(LONG);

    assertThat(all(EntriesRead.class).get(all(EntriesRead.class).size() - 1).refunds())
        .containsExactly(system.payment);
  }

  @Test
  void turnFromARefusedPaymentThatNeverUsedPoints() throws Exception {
    readers.follow(system.planned);
    readers.answered(system.planned, refused("insufficient-points"));
    readers.finish(LONG);

    assertThat(all(EntriesRead.class)).isNotEmpty();
  }

  @Test
  void doNotTakeThePointsOfALaterPaymentForThoseOfARefusedOne() throws Exception {
    readers.follow(system.planned);
    readers.answered(system.planned, refused("insufficient-points"));
    AtomicInteger reads = new AtomicInteger();
    UUID another = UUID.randomUUID();
    system.wallet =
        () ->
            reads.incrementAndGet() == 1
                ? system.usedWallet()
                : system.wallet(List.of(another), List.of());
    readers.finish(LONG);
  }

  @Test
  void stayWithAPaymentThatWasOnlyToldToWait() throws Exception {
    readers.follow(system.planned);
    readers.answered(system.planned, refused("payment-in-progress"));
    awaitReads(EntriesRead.class, 5);
    system.wallet = system::usedWallet;
    system.reservation = () -> system.reservation(Status.CONFIRMED);
    readers.finish(LONG);

    assertThat(all(ReservationRead.class)).anyMatch(ReservationRead::isConfirmed);
  }

  @Test
  void stayWithALostPaymentThatMayYetHappen() throws Exception {
    readers.follow(system.planned);
    readers.answered(system.planned, LOST);
    awaitReads(EntriesRead.class, 5);
    system.reservation = () -> system.reservation(Status.CONFIRMED);
    readers.finish(LONG);

    assertThat(all(ReservationRead.class)).anyMatch(ReservationRead::isConfirmed);
  }

  @Test
  void losePatienceWithALostPayment() throws Exception {
    try (Readers impatient = Readers.start(history, 1, Duration.ofMillis(1))) {
      impatient.follow(system.planned);
      impatient.answered(system.planned, LOST);
      impatient.finish(Duration.ofDays(1));
    }

    assertThat(all(EntriesRead.class)).isNotEmpty();
  }

  @Test
  void doNotSpeakAgainOfWhatTheyTurnedFrom() throws Exception {
    system.wallet = system::usedWallet;
    readers.follow(system.planned);
    readers.answered(system.planned, LOST);
    long answered = history.now();
    Awaitility.await()
        .until(
            () ->
                all(EntriesRead.class).stream().filter(one -> one.start() > answered).count() > 2);
    readers.finish(Duration.ZERO);

    long turned = history.now();
    readers.follow(
        new PlannedPayment(
            system.customer,
            UUID.randomUUID(),
            FakeSystem.PRICE,
            PlannedPayment.Expected.COMPLETED));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(all(EntriesRead.class))
                    .filteredOn(read -> read.start() > turned)
                    .isNotEmpty()
                    .allSatisfy(read -> assertThat(read.uses()).isEmpty()));
  }

  @Test
  void recordFailedReadsAndReadOn() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    system.wallet =
        () -> reads.incrementAndGet() > 2 ? system.usedWallet() : new FakeSystem.Reply(503, "");
    readers.follow(system.planned);
    awaitReads(EntriesRead.class, 1);
    system.reservation = () -> system.reservation(Status.CONFIRMED);
    readers.finish(LONG);

    assertThat(all(FailedRead.class))
        .extracting(FailedRead::reservation, FailedRead::failure)
        .containsExactly(tuple(null, "HTTP 503"), tuple(null, "HTTP 503"));
  }

  @Test
  void surviveASystemThatIsGone() {
    system.close();
    readers.follow(system.planned);
    awaitReads(FailedRead.class, 2);

    assertThat(all(EntriesRead.class)).isEmpty();
  }

  @Test
  void areClosedInTheMiddleOfAReadThatHangs() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    system.wallet =
        () -> {
          asked.countDown();
          never.await();
          return null;
        };
    readers.follow(system.planned);
    Awaitility.await().until(() -> asked.getCount() == 0);
    readers.close();

    assertThat(history.operations()).isEmpty();
  }

  @Test
  void canBeNobody() throws Exception {
    try (Readers nobody = Readers.start(history, 0)) {
      nobody.follow(system.planned);
      nobody.answered(system.planned, LOST);
      nobody.finish(LONG);
    }

    assertThat(history.operations()).isEmpty();
  }
}

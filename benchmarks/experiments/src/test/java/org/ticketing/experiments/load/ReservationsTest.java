package org.ticketing.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.workload.LoadException;
import org.ticketing.workload.Pace;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PlannedPayment.Expected;
import org.ticketing.workload.Workload;

/** One payment a second is due, for 1000 seconds. */
class ReservationsTest {

  private static final int ALL = 1000;
  private static final Duration HOLD = Duration.ofSeconds(320);

  private final List<Workload> reserved = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final ProgressListener progress =
      new ProgressListener() {
        @Override
        public void accept(String line) {
          told.add(line);
        }

        @Override
        public void step(int done, int all, String what) {}
      };
  private Reservations reservations;

  @AfterEach
  void close() {
    if (reservations != null) {
      reservations.close();
    }
  }

  @Test
  void everythingIsReservedBeforeIfSeatsAreHeldThatLong() throws Exception {
    begin(Duration.ofDays(1), 0, this::reserve);

    assertThat(reservations.plan().before()).isEqualTo(ALL);
    assertThat(reservations.plan().meanwhile()).isZero();
    assertThat(IntStream.range(0, ALL).mapToObj(reservations::payment))
        .allMatch(payment -> payment.isPresent());
  }

  @Test
  void onlyWhatIsDueWithinHalfAHoldIsReservedBefore() throws Exception {
    begin(HOLD, 0, this::reserve);

    // 160 seconds ahead, in slices of 40 payments.
    assertThat(reservations.plan()).isEqualTo(new Reserved(200, 800, Duration.ofSeconds(160)));
    assertThat(reservations.payment(199)).isPresent();
  }

  @Test
  void theRestIsReservedAsThePaymentsAreAskedFor() throws Exception {
    begin(HOLD, 0, this::reserve);

    reservations.payment(0);
    await().until(() -> seats() == 240);
    reservations.payment(40);
    await().until(() -> seats() == 280);

    await().until(() -> reservations.payment(279).isPresent());
  }

  @Test
  void everySeatIsReservedForOnePaymentOnly() throws Exception {
    begin(HOLD, 0, this::reserve);
    List<UUID> paid = new ArrayList<>();
    for (int number = 0; number < ALL; number++) {
      int next = number;
      if (reservations.payment(number).isEmpty()) {
        await().until(() -> reservations.payment(next).isPresent());
      }
      paid.add(reservations.payment(number).orElseThrow().reservationId());
    }

    assertThat(paid).doesNotHaveDuplicates();
    assertThat(seats()).isEqualTo(ALL);
  }

  @Test
  void aPaymentIsNotWaitedForWhoseSeatIsNotReserved() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    begin(
        HOLD,
        0,
        (name, workload, pace) -> {
          if (seats() == 200) {
            never.await();
          }
          return reserve(name, workload, pace);
        });

    assertThat(reservations.payment(200)).isEmpty();
  }

  @Test
  void aFailureIsToldAndTheNextAreReserved() throws Exception {
    begin(
        HOLD,
        0,
        (name, workload, pace) -> {
          if (name.equals("load, part 6")) {
            throw new LoadException("the seats are gone");
          }
          return reserve(name, workload, pace);
        });
    reservations.payment(40);

    await().until(() -> reservations.payment(240).isPresent());
    assertThat(reservations.payment(239)).isEmpty();
    assertThat(told).contains("40 seats could not be reserved: the seats are gone");
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 1", "0.01, 10", "0.5, 500"})
  void asManyAreRefusedAsAskedForHoweverTheyAreDivided(double refusals, int late) throws Exception {
    begin(HOLD, refusals, this::reserve);
    for (int number = 0; number < ALL; number += 40) {
      reservations.payment(number);
    }
    await().until(() -> seats() == ALL);

    assertThat(reserved.stream().mapToInt(Workload::latePayments).sum()).isEqualTo(late);
  }

  @Test
  void aRateIsTooLowWhoseSlicesOutlastTheHold() {
    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> begin(Duration.ofSeconds(30), 0, this::reserve))
        .withMessageContaining("held for 30 s");
  }

  private void begin(Duration hold, double refusals, Reservations.Seats seats)
      throws InterruptedException {
    long[] due = LongStream.range(0, ALL).map(i -> Duration.ofSeconds(i).toNanos()).toArray();
    reservations = new Reservations(seats, new Sold(20, refusals), due, hold, progress);
    reservations.begin();
  }

  private int seats() {
    return reserved.stream().mapToInt(Workload::payments).sum();
  }

  private List<PlannedPayment> reserve(String name, Workload workload, Pace pace) {
    reserved.add(workload);
    return IntStream.range(0, workload.payments())
        .mapToObj(i -> new PlannedPayment(null, UUID.randomUUID(), 10, Expected.COMPLETED))
        .toList();
  }
}

package org.ticketing.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.reservation.ReservationApi.Status.CANCELLED;
import static org.ticketing.reservation.ReservationApi.Status.CONFIRMED;
import static org.ticketing.reservation.ReservationApi.Status.EXPIRED;
import static org.ticketing.reservation.ReservationApi.Status.HELD;
import static org.ticketing.reservation.ReservationApi.Status.PAYING;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.payment.PaymentApi;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.FailedRead;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;
import org.ticketing.workload.history.Outcome;

/** Histories written by hand; their times are in microseconds. */
class FracturedReadsTest {

  private static final int READER = 0;
  private static final int ANOTHER_READER = 1;
  private static final UUID USER = UUID.randomUUID();
  private static final UUID PAYMENT = UUID.randomUUID();
  private static final UUID RESERVATION = UUID.randomUUID();
  private static final UUID OTHER_PAYMENT = UUID.randomUUID();
  private static final UUID OTHER_RESERVATION = UUID.randomUUID();
  private static final List<UUID> NOTHING = List.of();

  private final History history = new History("by hand");

  private void seesUseOf(long start, long end, UUID... payments) {
    entries(READER, start, end, List.of(payments), NOTHING);
  }

  private void seesUndone(long start, long end, UUID payment) {
    entries(READER, start, end, List.of(payment), List.of(payment));
  }

  private void entries(int reader, long start, long end, List<UUID> uses, List<UUID> refunds) {
    history.add(new EntriesRead(start * 1000, end * 1000, reader, USER, uses, refunds));
  }

  private void finds(long start, long end, Status status) {
    finds(READER, start, end, RESERVATION, status);
  }

  private void finds(int reader, long start, long end, UUID reservation, Status status) {
    history.add(new ReservationRead(start * 1000, end * 1000, reader, reservation, status, null));
  }

  private void settles(UUID payment, UUID reservation) {
    history.add(
        new PaymentsRead(
            900_000,
            910_000,
            USER,
            List.of(new ListedPayment(payment, reservation, PaymentApi.Status.COMPLETED))));
  }

  private FracturedReads judged() {
    return FracturedReads.in(history);
  }

  @Test
  void aUseSeenBeforeItsReservationIsConfirmedIsAFracture() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);
    seesUseOf(50, 60, PAYMENT);
    finds(70, 80, HELD);
    seesUseOf(90, 100, PAYMENT);
    finds(110, 120, CONFIRMED);

    assertThat(judged()).isEqualTo(new FracturedReads(1, 1, 2, 50, 50, 50));
  }

  @ParameterizedTest
  @EnumSource(names = "CONFIRMED", mode = EnumSource.Mode.EXCLUDE)
  void whateverTheReservationIsInsteadOfConfirmed(Status status) {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, status);

    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void aUseSeenAndThenAConfirmedReservationIsNone() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, CONFIRMED);

    assertThat(judged()).isEqualTo(new FracturedReads(1, 0, 0, 0, 0, 0));
  }

  @Test
  void aReservationReadBeforeTheUseWasSeenProvesNothing() {
    settles(PAYMENT, RESERVATION);
    finds(1, 9, HELD);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, CONFIRMED);

    assertThat(judged().fractured()).isZero();
  }

  @Test
  void overlappingReadsProveNothing() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(19, 40, HELD);
    finds(20, 41, HELD);

    assertThat(judged().fractured()).isZero();
    assertThat(judged().reads()).isZero();
  }

  @Test
  void readsCountFromTheFirstThatShowedTheUseEvenIfItWasNotTheFirstToBegin() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(5, 100, PAYMENT);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void aUseSeenTogetherWithItsRefundIsNoUse() {
    settles(PAYMENT, RESERVATION);
    seesUndone(10, 20, PAYMENT);
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isZero();
  }

  @Test
  void aUseThatIsTakenBackLaterIsAFractureThatLastedNoLongerThanItWasSeen() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);
    seesUseOf(50, 60, PAYMENT);
    finds(70, 80, HELD);
    seesUndone(90, 100, PAYMENT);
    finds(500, 510, HELD);

    assertThat(judged().fractured()).isEqualTo(1);
    assertThat(judged().maxMicros()).isEqualTo(30);
  }

  @Test
  void aUseSeenOnceIsAFractureOfUnknownLength() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(300, 400, HELD);

    assertThat(judged()).isEqualTo(new FracturedReads(1, 1, 1, 0, 0, 0));
  }

  @Test
  void aReservationThatIsOpenedAgainIsFracturedTwiceNotAllTheTime() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);
    finds(50, 60, CONFIRMED);
    seesUseOf(100, 110, PAYMENT);
    finds(140, 150, HELD);
    seesUseOf(160, 170, PAYMENT);

    assertThat(judged().fractured()).isEqualTo(1);
    assertThat(judged().reads()).isEqualTo(2);
    assertThat(judged().maxMicros()).isEqualTo(30);
  }

  @Test
  void whatOneReaderSawIsNotHeldAgainstWhatAnotherReadEarlier() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    finds(ANOTHER_READER, 30, 40, RESERVATION, HELD);

    assertThat(judged().fractured()).isZero();
  }

  @Test
  void aPaymentThatTwoReadersSeeFracturedIsOnePayment() {
    settles(PAYMENT, RESERVATION);
    for (int reader : new int[] {READER, ANOTHER_READER}) {
      entries(reader, 10, 20, List.of(PAYMENT), NOTHING);
      finds(reader, 30, 40, RESERVATION, HELD);
      entries(reader, 50, 60, List.of(PAYMENT), NOTHING);
    }

    assertThat(judged()).isEqualTo(new FracturedReads(1, 1, 2, 10, 10, 10));
  }

  @Test
  void ofSeveralPaymentsOfAWalletOnlyTheFracturedOneIsCharged() {
    settles(PAYMENT, RESERVATION);
    settles(OTHER_PAYMENT, OTHER_RESERVATION);
    seesUseOf(10, 20, PAYMENT, OTHER_PAYMENT);
    finds(READER, 30, 40, RESERVATION, CONFIRMED);
    finds(READER, 50, 60, OTHER_RESERVATION, HELD);

    assertThat(judged().watched()).isEqualTo(2);
    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void theUseOfAnotherPaymentOfTheWalletIsNotHeldAgainstAHeldReservation() {
    settles(PAYMENT, RESERVATION);
    settles(OTHER_PAYMENT, OTHER_RESERVATION);
    seesUseOf(10, 20, OTHER_PAYMENT);
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isZero();
  }

  @Test
  void theRefundOfAnotherPaymentDoesNotHideAUse() {
    settles(PAYMENT, RESERVATION);
    entries(READER, 10, 20, List.of(PAYMENT, OTHER_PAYMENT), List.of(OTHER_PAYMENT));
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void twoPaymentsOfOneReservationAreJudgedEachForItself() {
    settles(PAYMENT, RESERVATION);
    settles(OTHER_PAYMENT, RESERVATION);
    seesUseOf(10, 20, OTHER_PAYMENT);
    seesUseOf(21, 29, PAYMENT, OTHER_PAYMENT);
    finds(30, 40, HELD);
    finds(50, 60, CONFIRMED);

    assertThat(judged().fractured()).isEqualTo(2);
    assertThat(judged().reads()).isEqualTo(1);
    assertThat(judged().watched()).isEqualTo(2);
  }

  @Test
  void aUseThatBelongsToNoKnownReservationCannotBeCharged() {
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isZero();
    assertThat(judged().watched()).isEqualTo(1);
  }

  @Test
  void aReceiptTellsWhichReservationAPaymentBelongsTo() {
    history.add(
        new Pay(0, 90_000, 0, "k", USER, RESERVATION, 10, Outcome.COMPLETED, null, PAYMENT));
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);

    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void soDoesTheReservationItself() {
    seesUseOf(10, 20, PAYMENT);
    history.add(new ReservationRead(30_000, 40_000, READER, RESERVATION, PAYING, PAYMENT));

    assertThat(judged().fractured()).isEqualTo(1);
  }

  @Test
  void failedReadsProveNothing() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(10, 20, PAYMENT);
    history.add(new FailedRead(30_000, 40_000, READER, USER, RESERVATION, "HTTP 503"));

    assertThat(judged()).isEqualTo(new FracturedReads(0, 0, 0, 0, 0, 0));
  }

  @Test
  void theOrderOfTheRecordsDoesNotMatter() {
    finds(70, 80, EXPIRED);
    seesUseOf(90, 95, PAYMENT);
    finds(30, 40, CANCELLED);
    seesUseOf(10, 20, PAYMENT);
    settles(PAYMENT, RESERVATION);

    assertThat(judged()).isEqualTo(new FracturedReads(1, 1, 2, 50, 50, 50));
  }

  @Test
  void howLongIsNeverRoundedUp() {
    settles(PAYMENT, RESERVATION);
    seesUseOf(0, 1, PAYMENT);
    finds(1_234_568, 1_234_570, HELD);
    seesUseOf(1_234_580, 1_234_590, PAYMENT);

    assertThat(judged().maxMicros()).isBetween(1_233_000L, 1_234_567L);
    assertThat(judged().p50Micros()).isEqualTo(judged().maxMicros());
  }

  @Test
  void percentilesAreOverPayments() {
    for (int payment = 1; payment <= 100; payment++) {
      UUID paymentId = UUID.randomUUID();
      UUID reservationId = UUID.randomUUID();
      settles(paymentId, reservationId);
      long at = payment * 1000L;
      seesUseOf(at, at + 1, paymentId);
      finds(READER, at + 1 + payment, at + 500, reservationId, HELD);
      seesUseOf(at + 501, at + 502, paymentId);
    }

    assertThat(judged()).isEqualTo(new FracturedReads(100, 100, 100, 50, 99, 100));
  }

  @Test
  void aHistoryThatIsReadBackIsJudgedAlike(@TempDir Path folder) throws IOException {
    seesUseOf(10, 20, PAYMENT);
    finds(30, 40, HELD);
    settles(PAYMENT, RESERVATION);
    Path file = folder.resolve("history.jsonl");
    history.writeTo(file);
    History read = History.readFrom(file);

    assertThat(FracturedReads.in(read)).isEqualTo(judged());
    assertThat(FracturedReads.in(read).fractured()).isEqualTo(1);
    assertThat(FalseRefusals.in(read)).isEqualTo(FalseRefusals.in(history));
  }
}

package org.ticketing.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class ReservationServiceTest {

  @Autowired private ReservationService reservations;
  @Autowired private ReservationParticipant participant;
  @Autowired private DataSource dataSource;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final SeatPrice seat = new SeatPrice(UUID.randomUUID(), UUID.randomUUID(), 100);

  @Test
  void aSeatIsHeldForOneCustomerAtATime() {
    UUID first = held();
    assertRefused(Reason.SEAT_TAKEN, this::held);
    reservations.cancel(first);
    assertThat(statusOf(held())).isEqualTo(Status.HELD);
  }

  /** Under two-phase commit a payment that is in doubt keeps the reservation locked for long. */
  @Test
  void aSeatIsTakenWithoutWaitingForWhatBecomesOfItsPayment() throws Exception {
    UUID reservation = held();
    try (Connection inDoubt = dataSource.getConnection()) {
      inDoubt.setAutoCommit(false);
      inDoubt
          .createStatement()
          .execute(
              "UPDATE reservation SET status = 'CONFIRMED', payment_id = '%s' WHERE id = '%s'"
                  .formatted(payment, reservation));

      assertRefused(
          Reason.SEAT_TAKEN, () -> reservations.reserve(UUID.randomUUID(), seat, null));

      inDoubt.rollback();
      inDoubt.setAutoCommit(true);
    }
  }

  @Test
  void aSeatWhoseHoldHasRunOutIsFreeBeforeTheSweep() {
    UUID first = late();
    assertThat(reservations.occupiedSeats(seat.scheduleId())).isEmpty();
    UUID second = held();
    assertThat(statusOf(first)).isEqualTo(Status.EXPIRED);
    assertThat(statusOf(second)).isEqualTo(Status.HELD);
  }

  @Test
  void aSeatIsNotHeldLongerThanConfigured() {
    assertRefused(
        Reason.HOLD_TOO_LONG, () -> reservations.reserve(user, seat, Duration.ofHours(1)));
  }

  @Test
  void theSweepSkipsWhatAPaymentHasLocked() throws Exception {
    UUID locked = late();
    SeatPrice other = new SeatPrice(UUID.randomUUID(), seat.scheduleId(), 100);
    UUID late = reservations.reserve(user, other, Duration.ofMillis(1)).id();
    try (Connection payment = dataSource.getConnection()) {
      payment.setAutoCommit(false);
      payment
          .createStatement()
          .execute("SELECT 1 FROM reservation WHERE id = '" + locked + "' FOR UPDATE");
      Awaitility.await()
          .untilAsserted(
              () -> {
                reservations.expireHolds();
                assertThat(statusOf(late)).isEqualTo(Status.EXPIRED);
              });
      assertThat(statusOf(locked)).isEqualTo(Status.HELD);
      payment.rollback();
      payment.setAutoCommit(true);
    }
    reservations.expireHolds();
    assertThat(statusOf(locked)).isEqualTo(Status.EXPIRED);
  }

  @Test
  void theSweepExpiresHoldsThatHaveRunOutAndNoOthers() {
    UUID late = late();
    SeatPrice other = new SeatPrice(UUID.randomUUID(), seat.scheduleId(), 100);
    UUID held = reservations.reserve(user, other, null).id();
    reservations.expireHolds();
    assertThat(statusOf(late)).isEqualTo(Status.EXPIRED);
    assertThat(statusOf(held)).isEqualTo(Status.HELD);
  }

  @Test
  void theSweepLeavesAloneWhatIsBeingPaid() {
    UUID paying = reservations.reserve(user, seat, Duration.ofSeconds(1)).id();
    participant.tryComplete(payment, paying);
    awaitEndOf(reservations.find(paying));
    reservations.expireHolds();
    assertThat(statusOf(paying)).isEqualTo(Status.PAYING);
    participant.confirm(payment, paying);
    assertThat(statusOf(paying)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aReservationIsCompletedByOnePayment() {
    UUID reservation = held();
    participant.complete(payment, reservation);
    participant.complete(payment, reservation);
    assertRefused(
        Reason.RESERVATION_NOT_HELD, () -> participant.complete(UUID.randomUUID(), reservation));
    assertThat(reservations.find(reservation).paymentId()).isEqualTo(payment);
  }

  @Test
  void aHoldThatHasRunOutLooksHeldButCannotBeCompleted() {
    UUID late = late();
    assertThat(statusOf(late)).isEqualTo(Status.HELD);
    assertRefused(Reason.RESERVATION_EXPIRED, () -> participant.complete(payment, late));
    assertRefused(Reason.RESERVATION_EXPIRED, () -> participant.tryComplete(payment, late));
  }

  @Test
  void aReopenedReservationIsHeldAgain() {
    UUID reservation = held();
    participant.complete(payment, reservation);
    participant.reopen(payment, reservation);
    participant.reopen(payment, reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.HELD);
    participant.complete(UUID.randomUUID(), reservation);
  }

  @Test
  void aStepThatArrivesAfterItsCompensationOrCancelIsRefused() {
    UUID reservation = held();
    participant.reopen(payment, reservation);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.complete(payment, reservation));
    UUID other = UUID.randomUUID();
    participant.release(other, reservation);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.tryComplete(other, reservation));
  }

  @Test
  void undoingAPaymentLeavesWhatAnotherOneConfirmed() {
    UUID reservation = held();
    participant.complete(payment, reservation);
    participant.reopen(UUID.randomUUID(), reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aReservationThatIsBeingPaidIsConfirmedOrReleased() {
    UUID reservation = held();
    participant.tryComplete(payment, reservation);
    participant.tryComplete(payment, reservation);
    assertRefused(
        Reason.RESERVATION_NOT_HELD, () -> participant.tryComplete(UUID.randomUUID(), reservation));
    assertRefused(Reason.RESERVATION_NOT_HELD, () -> reservations.cancel(reservation));
    participant.release(payment, reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.HELD);
    assertThatIllegalStateException().isThrownBy(() -> participant.confirm(payment, reservation));
  }

  private UUID held() {
    return reservations.reserve(user, seat, null).id();
  }

  private UUID late() {
    ReservationView reservation = reservations.reserve(user, seat, Duration.ofSeconds(1));
    awaitEndOf(reservation);
    return reservation.id();
  }

  private static void awaitEndOf(ReservationView reservation) {
    Awaitility.await().until(() -> Instant.now().isAfter(reservation.heldUntil()));
  }

  private Status statusOf(UUID reservation) {
    return reservations.find(reservation).status();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}

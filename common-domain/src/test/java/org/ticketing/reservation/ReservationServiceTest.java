package org.ticketing.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.testing.AtOnce;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class ReservationServiceTest {

  @Autowired private ReservationService reservations;
  @Autowired private ReservationParticipant participant;
  @Autowired private DataSource dataSource;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final SeatPrice seat = new SeatPrice(UUID.randomUUID(), UUID.randomUUID(), 100);

  @BeforeEach
  void know() {
    reservations.prepare(user, seat.scheduleId(), Instant.now().plus(365, ChronoUnit.DAYS));
  }

  @Test
  void aSeatIsHeldForOneCustomerAtATime() {
    UUID first = held();
    UUID other = UUID.randomUUID();
    reservations.prepare(other, seat.scheduleId(), Instant.now().plus(365, ChronoUnit.DAYS));
    assertRefused(Reason.SEAT_TAKEN, () -> reservations.reserve(other, null, seat, null));
    reservations.cancel(first);
    assertThat(held()).isNotEqualTo(first);
  }

  @Test
  void whoReservesTheirOwnSeatAgainGetsTheSameReservation() {
    ReservationView first = reservations.find(held());

    assertThat(reservations.reserve(user, null, seat, Duration.ofSeconds(1))).isEqualTo(first);
    assertThat(reservations.reserve(user, "a key", seat, null)).isEqualTo(first);
    participant.tryComplete(payment, first.id(), 100L);
    assertThat(held()).isEqualTo(first.id());
    participant.confirm(payment, first.id());
    assertThat(held()).isEqualTo(first.id());
  }

  @Test
  void aKeyGetsItsReservationWhateverHasBecomeOfIt() {
    UUID first = reservations.reserve(user, "once", seat, null).id();
    reservations.cancel(first);

    assertThat(reservations.withKey(user, "once", seat.id())).contains(reservations.find(first));
    assertThat(reservations.reserve(user, "once", seat, null).id()).isEqualTo(first);
    assertThat(reservations.reserve(user, "again", seat, null).id()).isNotEqualTo(first);
    assertThat(reservations.withKey(UUID.randomUUID(), "once", seat.id())).isEmpty();
    assertRefused(
        Reason.IDEMPOTENCY_KEY_REUSED, () -> reservations.withKey(user, "once", UUID.randomUUID()));
  }

  @Test
  void requestsForOneSeatAtOnceGetOneReservation() throws Exception {
    List<UUID> withoutKey = AtOnce.run(Collections.nCopies(8, this::held));
    assertThat(withoutKey).containsOnly(withoutKey.get(0));

    SeatPrice other = new SeatPrice(UUID.randomUUID(), seat.scheduleId(), 100);
    List<UUID> withKey =
        AtOnce.run(
            Collections.nCopies(8, () -> reservations.reserve(user, "at once", other, null).id()));
    assertThat(withKey).containsOnly(withKey.get(0));
  }

  @Test
  void ofTwoSeatsThatOneKeyReservesAtOnceOneIsReserved() throws Exception {
    SeatPrice other = new SeatPrice(UUID.randomUUID(), seat.scheduleId(), 100);
    List<String> answers =
        AtOnce.run(List.of(() -> reservedWithKey(seat), () -> reservedWithKey(other)));
    assertThat(answers).containsExactlyInAnyOrder("reserved", "idempotency-key-reused");
  }

  private String reservedWithKey(SeatPrice wanted) {
    try {
      reservations.reserve(user, "two seats", wanted, null);
      return "reserved";
    } catch (Refusal refusal) {
      return refusal.reason().id();
    }
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
          Reason.SEAT_TAKEN, () -> reservations.reserve(UUID.randomUUID(), null, seat, null));

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
        Reason.HOLD_TOO_LONG, () -> reservations.reserve(user, null, seat, Duration.ofHours(1)));
  }

  @Test
  void theSweepSkipsWhatAPaymentHasLocked() throws Exception {
    UUID locked = late();
    SeatPrice other = new SeatPrice(UUID.randomUUID(), seat.scheduleId(), 100);
    UUID late = reservations.reserve(user, null, other, Duration.ofMillis(1)).id();
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
    UUID held = reservations.reserve(user, null, other, null).id();
    reservations.expireHolds();
    assertThat(statusOf(late)).isEqualTo(Status.EXPIRED);
    assertThat(statusOf(held)).isEqualTo(Status.HELD);
  }

  @Test
  void theSweepLeavesAloneWhatIsBeingPaid() {
    UUID paying = reservations.reserve(user, null, seat, Duration.ofSeconds(1)).id();
    participant.tryComplete(payment, paying, 100L);
    awaitEndOf(reservations.find(paying));
    reservations.expireHolds();
    assertThat(statusOf(paying)).isEqualTo(Status.PAYING);
    participant.confirm(payment, paying);
    assertThat(statusOf(paying)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aReservationIsCompletedByOnePayment() {
    UUID reservation = held();
    participant.complete(payment, reservation, 100L);
    participant.complete(payment, reservation, 100L);
    assertRefused(
        Reason.RESERVATION_NOT_HELD,
        () -> participant.complete(UUID.randomUUID(), reservation, 100L));
    assertThat(reservations.find(reservation).paymentId()).isEqualTo(payment);
  }

  @Test
  void aHoldThatHasRunOutLooksHeldButCannotBeCompleted() {
    UUID late = late();
    assertThat(statusOf(late)).isEqualTo(Status.HELD);
    assertRefused(Reason.RESERVATION_EXPIRED, () -> participant.complete(payment, late, 100L));
    assertRefused(Reason.RESERVATION_EXPIRED, () -> participant.tryComplete(payment, late, 100L));
  }

  @Test
  void aReservationIsNotCompletedForAnotherPrice() {
    UUID reservation = held();
    assertRefused(Reason.PRICE_CHANGED, () -> participant.complete(payment, reservation, 99L));
    assertRefused(Reason.PRICE_CHANGED, () -> participant.tryComplete(payment, reservation, 101L));
    assertThat(statusOf(reservation)).isEqualTo(Status.HELD);
    participant.complete(payment, reservation, 100L);
    assertRefused(
        Reason.RESERVATION_NOT_HELD,
        () -> participant.complete(UUID.randomUUID(), reservation, 99L));
  }

  /** As a payment process of an earlier version does. */
  @Test
  void aPriceThatIsNotToldIsNotChecked() {
    UUID reservation = held();
    participant.tryComplete(payment, reservation, null);
    participant.release(payment, reservation);
    participant.complete(UUID.randomUUID(), reservation, null);
    assertThat(statusOf(reservation)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aReopenedReservationIsHeldAgain() {
    UUID reservation = held();
    participant.complete(payment, reservation, 100L);
    participant.reopen(payment, reservation);
    participant.reopen(payment, reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.HELD);
    participant.complete(UUID.randomUUID(), reservation, 100L);
  }

  @Test
  void whatAPaymentIsPayingIsKnownAsLongAsItIs() {
    UUID reservation = held();
    assertThat(participant.payingBy(payment)).isEmpty();
    participant.tryComplete(payment, reservation, 100L);
    assertThat(participant.payingBy(payment)).contains(reservation);
    participant.confirm(payment, reservation);
    assertThat(participant.payingBy(payment)).isEmpty();
  }

  @Test
  void aStepThatArrivesAfterItsCompensationOrCancelIsRefused() {
    UUID reservation = held();
    participant.reopen(payment, reservation);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.complete(payment, reservation, 100L));
    UUID other = UUID.randomUUID();
    participant.release(other, reservation);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.tryComplete(other, reservation, 100L));
  }

  @Test
  void anUndoIsNeverRefused() {
    UUID nowhere = UUID.randomUUID();
    participant.reopen(payment, nowhere);
    participant.release(payment, nowhere);
    UUID cancelled = held();
    reservations.cancel(cancelled);
    participant.reopen(payment, cancelled);
    participant.release(payment, cancelled);
    assertThat(statusOf(cancelled)).isEqualTo(Status.CANCELLED);
  }

  @Test
  void undoingAPaymentLeavesWhatAnotherOneConfirmed() {
    UUID reservation = held();
    participant.complete(payment, reservation, 100L);
    participant.reopen(UUID.randomUUID(), reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.CONFIRMED);
  }

  @Test
  void aReservationThatIsBeingPaidIsConfirmedOrReleased() {
    UUID reservation = held();
    participant.tryComplete(payment, reservation, 100L);
    participant.tryComplete(payment, reservation, 100L);
    assertRefused(
        Reason.RESERVATION_NOT_HELD,
        () -> participant.tryComplete(UUID.randomUUID(), reservation, 100L));
    assertRefused(Reason.RESERVATION_NOT_HELD, () -> reservations.cancel(reservation));
    participant.release(payment, reservation);
    assertThat(statusOf(reservation)).isEqualTo(Status.HELD);
    assertThatIllegalStateException().isThrownBy(() -> participant.confirm(payment, reservation));
  }

  private UUID held() {
    return reservations.reserve(user, null, seat, null).id();
  }

  private UUID late() {
    ReservationView reservation = reservations.reserve(user, null, seat, Duration.ofSeconds(1));
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

package org.ticketing.reservation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi.SeatPrice;

/**
 * Reservations and their part in a payment: in one step ({@link #complete}, undone by {@link
 * #reopen}) or in two ({@link #holdForPayment}, then {@link #confirm} or {@link #release}).
 *
 * <p>The steps of a payment are idempotent by its id, each takes the lock of the reservation's row
 * first, and one that arrives after the payment was undone is refused with {@code payment-undone}.
 */
@Service
@Transactional
public class ReservationService {

  private final ReservationRepository reservations;
  private final UndonePaymentRepository undonePayments;
  private final ReservationProperties properties;
  private final Clock clock;

  ReservationService(
      ReservationRepository reservations,
      UndonePaymentRepository undonePayments,
      ReservationProperties properties,
      Clock clock) {
    this.reservations = reservations;
    this.undonePayments = undonePayments;
    this.properties = properties;
    this.clock = clock;
  }

  ReservationView reserve(UUID userId, SeatPrice seat, Duration holdFor) {
    Duration hold = holdFor == null ? properties.hold() : holdFor;
    if (hold.compareTo(properties.hold()) > 0) {
      throw new Refusal(
          "hold-too-long",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "A seat is held for " + properties.hold() + " at the most.");
    }
    Instant now = clock.instant();
    reservations.expireOn(seat.id(), now);
    try {
      return reservations.saveAndFlush(new Reservation(userId, seat, now, now.plus(hold))).view();
    } catch (DataIntegrityViolationException taken) {
      throw new Refusal("seat-taken", HttpStatus.CONFLICT, "Somebody else has reserved this seat.");
    }
  }

  @Transactional(readOnly = true)
  ReservationView find(UUID reservationId) {
    return reservations
        .findById(reservationId)
        .orElseThrow(() -> ReservationRefusals.unknown(reservationId))
        .view();
  }

  @Transactional(readOnly = true)
  List<ReservationView> ofUser(UUID userId, boolean live, int page, int size) {
    return reservations
        .findByUserIdAndStatusInOrderByCreatedAtDescId(
            userId,
            live ? Status.OCCUPYING : EnumSet.allOf(Status.class),
            PageRequest.of(page, size))
        .stream()
        .map(Reservation::view)
        .toList();
  }

  @Transactional(readOnly = true)
  Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId, clock.instant());
  }

  void cancel(UUID reservationId) {
    Reservation reservation = lock(reservationId);
    if (reservation.is(Status.HELD)) {
      reservation.cancel();
    } else if (!reservation.is(Status.CANCELLED) && !reservation.is(Status.EXPIRED)) {
      throw ReservationRefusals.notHeld();
    }
  }

  /** Sweeps the holds that have run out; never a reservation that is being paid. */
  void expireHolds() {
    reservations.expireAll(clock.instant());
  }

  /**
   * HELD becomes CONFIRMED. Refused with {@code reservation-not-held}, or with {@code
   * reservation-expired} when the hold has run out, swept or not.
   */
  public void complete(UUID paymentId, UUID reservationId) {
    Reservation reservation = lock(reservationId);
    if (!reservation.is(Status.CONFIRMED, paymentId)) {
      requirePayable(reservation, paymentId);
      reservation.confirmFor(paymentId);
    }
  }

  /** Undoes {@link #complete}, also one that never happened or arrives later. */
  public void reopen(UUID paymentId, UUID reservationId) {
    undo(Status.CONFIRMED, paymentId, reservationId);
  }

  /** HELD becomes PAYING. Refused as {@link #complete}. */
  public void holdForPayment(UUID paymentId, UUID reservationId) {
    Reservation reservation = lock(reservationId);
    if (!reservation.is(Status.PAYING, paymentId)) {
      requirePayable(reservation, paymentId);
      reservation.claimFor(paymentId);
    }
  }

  /**
   * PAYING becomes CONFIRMED.
   *
   * @throws IllegalStateException the payment does not hold this reservation
   */
  public void confirm(UUID paymentId, UUID reservationId) {
    Reservation reservation = lock(reservationId);
    if (reservation.is(Status.PAYING, paymentId)) {
      reservation.confirmFor(paymentId);
    } else if (!reservation.is(Status.CONFIRMED, paymentId)) {
      throw new IllegalStateException(
          "payment %s does not hold reservation %s".formatted(paymentId, reservationId));
    }
  }

  /** Undoes {@link #holdForPayment}, also one that never happened or arrives later. */
  public void release(UUID paymentId, UUID reservationId) {
    undo(Status.PAYING, paymentId, reservationId);
  }

  private void undo(Status done, UUID paymentId, UUID reservationId) {
    Reservation reservation = lock(reservationId);
    if (reservation.is(done, paymentId)) {
      reservation.holdAgain();
    }
    if (!undonePayments.existsById(paymentId)) {
      undonePayments.save(new UndonePayment(paymentId));
    }
  }

  private void requirePayable(Reservation reservation, UUID paymentId) {
    if (undonePayments.existsById(paymentId)) {
      throw new Refusal(
          "payment-undone", HttpStatus.CONFLICT, "This payment has been undone already.");
    }
    if (reservation.isPayableAt(clock.instant())) {
      return;
    }
    if (reservation.is(Status.HELD) || reservation.is(Status.EXPIRED)) {
      throw ReservationRefusals.expired();
    }
    throw ReservationRefusals.notHeld();
  }

  private Reservation lock(UUID reservationId) {
    return reservations
        .lock(reservationId)
        .orElseThrow(() -> ReservationRefusals.unknown(reservationId));
  }
}

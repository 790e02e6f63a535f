package org.ticketing.reservation;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;

/**
 * The reservation's part in a payment: the operations that the commit protocols call.
 *
 * <ul>
 *   <li>{@link #complete} is the one step of every system except TCC.
 *   <li>{@link #reopen} is its compensation in the saga.
 *   <li>{@link #tryComplete}, {@link #confirm} and {@link #release} are try, confirm and cancel of
 *       TCC.
 * </ul>
 *
 * <p>Each operation runs in the caller's transaction or, without one, in its own, and locks the
 * reservation's row. All are idempotent by the payment: called again they change nothing. An
 * operation that arrives after the one that undoes it is refused with {@code payment-undone}. An
 * undo is never refused.
 */
@Component
@Transactional
public class ReservationParticipant {

  private final Reservations reservations;
  private final Schedules schedules;
  private final Clock clock;

  ReservationParticipant(Reservations reservations, Schedules schedules, Clock clock) {
    this.reservations = reservations;
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * HELD becomes CONFIRMED.
   *
   * @param price that is paid, in points; null if it is not known here, and not checked
   * @throws Refusal {@code unknown-reservation}; {@code reservation-not-held}; {@code
   *     reservation-expired} if the hold has run out, swept or not; {@code not-on-sale} if the
   *     schedule is cancelled or has begun; {@code price-changed} if it has another price; {@code
   *     payment-undone} if the payment has reopened it
   */
  public void complete(UUID paymentId, UUID reservationId, Long price) {
    claim(paymentId, reservationId, price, Status.CONFIRMED);
  }

  /**
   * CONFIRMED by this payment becomes HELD again, until the same time as before. In any case this
   * leaves a tombstone, so that a completion that arrives later is refused. If there is no such
   * reservation, nothing can have been completed, and nothing happens.
   */
  public void reopen(UUID paymentId, UUID reservationId) {
    reservations.undo(reservationId, paymentId, Status.CONFIRMED);
  }

  /**
   * HELD becomes PAYING: nobody else can pay it, and it does not expire.
   *
   * @param price as of {@link #complete}
   * @throws Refusal as {@link #complete}; {@code payment-undone} if the payment has released it
   */
  public void tryComplete(UUID paymentId, UUID reservationId, Long price) {
    claim(paymentId, reservationId, price, Status.PAYING);
  }

  /**
   * PAYING becomes CONFIRMED. May also come again after the payment was refunded, for example from
   * a server that was away for long.
   *
   * @throws IllegalStateException the payment is not paying this reservation
   */
  public void confirm(UUID paymentId, UUID reservationId) {
    if (!reservations.confirm(reservationId, paymentId)
        && !known(reservations.find(reservationId), reservationId).wasPaidBy(paymentId)) {
      throw new IllegalStateException(
          "payment %s is not paying reservation %s".formatted(paymentId, reservationId));
    }
  }

  /**
   * PAYING by this payment becomes HELD again, until the same time as before. In any case this
   * leaves a tombstone, so that a try that arrives later is refused. If there is no such
   * reservation, nothing can have been tried, and nothing happens.
   */
  public void release(UUID paymentId, UUID reservationId) {
    reservations.undo(reservationId, paymentId, Status.PAYING);
  }

  /** Whether the reservation is CONFIRMED by this payment. */
  public boolean isConfirmed(UUID paymentId, UUID reservationId) {
    return reservations
        .find(reservationId)
        .filter(reservation -> reservation.is(Status.CONFIRMED, paymentId))
        .isPresent();
  }

  /** The reservation that is PAYING by this payment; empty if none is any more. */
  public Optional<UUID> payingBy(UUID paymentId) {
    return reservations.payingBy(paymentId);
  }

  private void claim(UUID paymentId, UUID reservationId, Long price, Status status) {
    Instant now = clock.instant();
    if (reservations.claim(reservationId, paymentId, price, status, now)) {
      return;
    }
    ReservationView reservation = known(reservations.lock(reservationId), reservationId);
    if (!reservation.is(status, paymentId)) {
      throw reasonAgainst(paymentId, price, reservation, now);
    }
  }

  private Refusal reasonAgainst(
      UUID paymentId, Long price, ReservationView reservation, Instant now) {
    if (reservations.hasTombstone(reservation.id(), paymentId)) {
      return new Refusal(Reason.PAYMENT_UNDONE, "This payment has been undone already.");
    }
    if (!schedules.isOnSale(reservation.scheduleId(), now)) {
      return ReservationRefusals.notOnSale();
    }
    if (reservation.hasRunOutAt(now)) {
      return ReservationRefusals.expired();
    }
    return reservation.status() == Status.HELD && price != null && price != reservation.price()
        ? ReservationRefusals.priceChanged()
        : ReservationRefusals.notHeld();
  }

  private static ReservationView known(Optional<ReservationView> reservation, UUID reservationId) {
    return reservation.orElseThrow(() -> ReservationRefusals.unknown(reservationId));
  }
}

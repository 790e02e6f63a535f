package org.ticketing.reservation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
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
public class ReservationService {

  private final Reservations reservations;
  private final ReservationProperties properties;
  private final Clock clock;

  ReservationService(Reservations reservations, ReservationProperties properties, Clock clock) {
    this.reservations = reservations;
    this.properties = properties;
    this.clock = clock;
  }

  @Transactional
  ReservationView reserve(UUID userId, SeatPrice seat, Duration holdFor) {
    Duration hold = holdFor == null ? properties.hold() : holdFor;
    if (hold.compareTo(properties.hold()) > 0) {
      throw new Refusal(
          Reason.HOLD_TOO_LONG, "A seat is held for " + properties.hold() + " at the most.");
    }
    Instant now = clock.instant();
    reservations.expireOn(seat.id(), now);
    var reservation =
        new ReservationView(
            UUID.randomUUID(),
            userId,
            seat.scheduleId(),
            seat.id(),
            seat.price(),
            Status.HELD,
            now.plus(hold),
            null);
    if (!reservations.add(reservation, now)) {
      throw new Refusal(Reason.SEAT_TAKEN, "Somebody else has reserved this seat.");
    }
    return reservation;
  }

  ReservationView find(UUID reservationId) {
    return known(reservations.find(reservationId), reservationId);
  }

  List<ReservationView> findAll(Collection<UUID> reservationIds) {
    return reservations.findAll(reservationIds);
  }

  List<ReservationView> ofUser(UUID userId, boolean live, int page, int size) {
    Set<Status> statuses = live ? Status.OCCUPYING : EnumSet.allOf(Status.class);
    return reservations.ofUser(userId, statuses, page, size);
  }

  Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId, clock.instant());
  }

  @Transactional
  void cancel(UUID reservationId) {
    ReservationView reservation = lock(reservationId);
    if (reservation.status() == Status.HELD) {
      reservations.cancel(reservationId);
    } else if (Status.OCCUPYING.contains(reservation.status())) {
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
  @Transactional
  public void complete(UUID paymentId, UUID reservationId) {
    claim(paymentId, reservationId, Status.CONFIRMED);
  }

  /** Undoes {@link #complete}, also one that never happened or arrives later. */
  @Transactional
  public void reopen(UUID paymentId, UUID reservationId) {
    undo(Status.CONFIRMED, paymentId, reservationId);
  }

  /** HELD becomes PAYING. Refused as {@link #complete}. */
  @Transactional
  public void holdForPayment(UUID paymentId, UUID reservationId) {
    claim(paymentId, reservationId, Status.PAYING);
  }

  /**
   * PAYING becomes CONFIRMED.
   *
   * @throws IllegalStateException the payment does not hold this reservation
   */
  @Transactional
  public void confirm(UUID paymentId, UUID reservationId) {
    if (!reservations.confirm(reservationId, paymentId)
        && !find(reservationId).is(Status.CONFIRMED, paymentId)) {
      throw new IllegalStateException(
          "payment %s does not hold reservation %s".formatted(paymentId, reservationId));
    }
  }

  /** Undoes {@link #holdForPayment}, also one that never happened or arrives later. */
  @Transactional
  public void release(UUID paymentId, UUID reservationId) {
    undo(Status.PAYING, paymentId, reservationId);
  }

  private void claim(UUID paymentId, UUID reservationId, Status status) {
    Instant now = clock.instant();
    if (reservations.claim(reservationId, paymentId, status, now)) {
      return;
    }
    ReservationView reservation = lock(reservationId);
    if (!reservation.is(status, paymentId)) {
      throw reasonAgainst(paymentId, reservation, now);
    }
  }

  private Refusal reasonAgainst(UUID paymentId, ReservationView reservation, Instant now) {
    if (reservations.hasUndone(reservation.id(), paymentId)) {
      return new Refusal(Reason.PAYMENT_UNDONE, "This payment has been undone already.");
    }
    return reservation.hasRunOutAt(now)
        ? ReservationRefusals.expired()
        : ReservationRefusals.notHeld();
  }

  private void undo(Status done, UUID paymentId, UUID reservationId) {
    if (!reservations.undo(reservationId, paymentId, done)) {
      throw ReservationRefusals.unknown(reservationId);
    }
  }

  private ReservationView lock(UUID reservationId) {
    return known(reservations.lock(reservationId), reservationId);
  }

  private static ReservationView known(Optional<ReservationView> reservation, UUID reservationId) {
    return reservation.orElseThrow(() -> ReservationRefusals.unknown(reservationId));
  }
}

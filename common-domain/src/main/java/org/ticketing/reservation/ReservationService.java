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

/** Reservations as customers and other services see them: reserve, look up, cancel, expire. */
@Service
class ReservationService {

  private final Reservations reservations;
  private final Schedules schedules;
  private final Customers customers;
  private final ReservationProperties properties;
  private final Clock clock;

  ReservationService(
      Reservations reservations,
      Schedules schedules,
      Customers customers,
      ReservationProperties properties,
      Clock clock) {
    this.reservations = reservations;
    this.schedules = schedules;
    this.customers = customers;
    this.properties = properties;
    this.clock = clock;
  }

  /** Makes customer and schedule known, by whose rows reserving is decided. */
  void prepare(UUID userId, UUID scheduleId, Instant startsAt) {
    customers.add(userId);
    schedules.add(scheduleId, startsAt);
  }

  /**
   * The reservation that the user has made with this key.
   *
   * @param key none has been made with null
   * @throws Refusal {@code idempotency-key-reused} if it is of another seat
   */
  Optional<ReservationView> withKey(UUID userId, String key, UUID seatId) {
    if (key == null) {
      return Optional.empty();
    }
    Optional<ReservationView> earlier = reservations.withKey(userId, key);
    if (earlier.isPresent() && !earlier.get().seatId().equals(seatId)) {
      throw new Refusal(
          Reason.IDEMPOTENCY_KEY_REUSED, "This key was used to reserve another seat.");
    }
    return earlier;
  }

  /**
   * Holds the seat, or finds the reservation that the user has of it already.
   *
   * @param key of idempotency; null if there is none
   */
  @Transactional
  ReservationView reserve(UUID userId, String key, SeatPrice seat, Duration holdFor) {
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
    if (reservations.add(reservation, key, now)) {
      return reservation;
    }
    return withKey(userId, key, seat.id())
        .or(() -> ownOn(seat.id(), userId, now))
        .orElseThrow(() -> reasonAgainst(reservation, now));
  }

  /** A hold that has run out, but is locked and could not be expired, is not given again. */
  private Optional<ReservationView> ownOn(UUID seatId, UUID userId, Instant now) {
    return reservations
        .liveOn(seatId)
        .filter(live -> live.userId().equals(userId) && !live.hasRunOutAt(now));
  }

  private Refusal reasonAgainst(ReservationView reservation, Instant now) {
    if (customers.isClosed(reservation.userId())) {
      return ReservationRefusals.withdrawn();
    }
    if (!schedules.isOnSale(reservation.scheduleId(), now)) {
      return ReservationRefusals.notOnSale();
    }
    return new Refusal(Reason.SEAT_TAKEN, "The seat is reserved already.");
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
    ReservationView reservation = known(reservations.lock(reservationId), reservationId);
    if (reservation.status() == Status.HELD) {
      reservations.cancel(reservationId);
    } else if (Status.OCCUPYING.contains(reservation.status())) {
      throw ReservationRefusals.notHeld();
    }
  }

  /**
   * Gives back a ticket whose payment has been refunded. Idempotent. Refused with {@code
   * payment-in-progress} while the payment is not confirmed here.
   */
  @Transactional
  void giveBack(UUID reservationId, UUID paymentId) {
    if (!reservations.cancelPaid(reservationId, paymentId)
        && known(reservations.lock(reservationId), reservationId).is(Status.PAYING, paymentId)) {
      throw new Refusal(
          Reason.PAYMENT_IN_PROGRESS, "The payment has not confirmed the reservation yet.");
    }
  }

  /** Expires the holds that have run out. A reservation that is being paid is left alone. */
  void expireHolds() {
    reservations.expireAll(clock.instant());
  }

  private static ReservationView known(Optional<ReservationView> reservation, UUID reservationId) {
    return reservation.orElseThrow(() -> ReservationRefusals.unknown(reservationId));
  }
}

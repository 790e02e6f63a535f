package org.ticketing.reservation;

import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.queue.AdmissionApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.SeatPrice;
import org.ticketing.user.UserApi;

/**
 * Holds a seat for an active user whom the queue has admitted, while the schedule is on sale. The
 * other services are asked before the transaction begins, so that no connection waits for them.
 * What they say may have changed until it does: the transaction itself decides, by what this
 * service knows, whether the schedule is on sale and the user has not withdrawn. Whoever repeats a
 * request with its key is not asked for any of this again: the queue token may have ended since.
 */
@Component
class HoldingSeat {

  private final ReservationService reservations;
  private final UserApi users;
  private final SeatApi seats;
  private final ConcertApi concerts;
  private final AdmissionApi queue;
  private final boolean queueEnforced;

  HoldingSeat(
      ReservationService reservations,
      UserApi users,
      SeatApi seats,
      ConcertApi concerts,
      AdmissionApi queue,
      @Value("${ticketing.queue.enforced}") boolean queueEnforced) {
    this.reservations = reservations;
    this.users = users;
    this.seats = seats;
    this.concerts = concerts;
    this.queue = queue;
    this.queueEnforced = queueEnforced;
  }

  /**
   * @param key of idempotency; null if there is none
   */
  ReservationView hold(UUID userId, String key, ReservationRequest request) {
    return reservations
        .withKey(userId, key, request.seatId())
        .orElseGet(() -> holdAnew(userId, key, request));
  }

  private ReservationView holdAnew(UUID userId, String key, ReservationRequest request) {
    users.find(userId).requireActive();
    SeatPrice seat = seats.find(request.seatId());
    ScheduleView schedule = concerts.findSchedule(seat.scheduleId());
    if (!schedule.onSale()) {
      throw ReservationRefusals.notOnSale();
    }
    if (queueEnforced && !queue.admission(userId, seat.scheduleId()).admitted()) {
      throw new Refusal(
          Reason.NOT_ADMITTED, "Take a queue token for this schedule and wait until it is active.");
    }
    reservations.prepare(userId, schedule.id(), schedule.startsAt());
    return reservations.reserve(userId, key, seat, request.holdFor());
  }
}

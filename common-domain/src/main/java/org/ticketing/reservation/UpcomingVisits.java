package org.ticketing.reservation;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;

/**
 * What a user may still look forward to: seats that are held, and tickets for what has not begun.
 */
@Component
class UpcomingVisits {

  private static final int PAGE = 100;

  private final ReservationService reservations;
  private final ConcertApi concerts;

  UpcomingVisits(ReservationService reservations, ConcertApi concerts) {
    this.reservations = reservations;
    this.concerts = concerts;
  }

  /** Refused with {@code reservations-remain}. */
  void requireNone(UUID userId) {
    boolean some =
        Stream.iterate(0, page -> page + 1)
            .map(page -> reservations.ofUser(userId, true, page, PAGE))
            .takeWhile(page -> !page.isEmpty())
            .flatMap(List::stream)
            .anyMatch(this::isUpcoming);
    if (some) {
      throw new Refusal(Reason.RESERVATIONS_REMAIN, "The user still has live reservations.");
    }
  }

  private boolean isUpcoming(ReservationView reservation) {
    return reservation.status() != Status.CONFIRMED
        || concerts.findSchedule(reservation.scheduleId()).onSale();
  }
}

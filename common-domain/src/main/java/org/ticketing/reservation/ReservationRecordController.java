package org.ticketing.reservation;

import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A controller of its own, which depends on none of the services that ask it. */
@RestController
class ReservationRecordController implements ReservationRecordApi {

  private final ReservationService reservations;
  private final UpcomingVisits visits;

  ReservationRecordController(ReservationService reservations, UpcomingVisits visits) {
    this.reservations = reservations;
    this.visits = visits;
  }

  @Override
  public Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void requireNone(UUID userId) {
    visits.requireNone(userId);
  }
}

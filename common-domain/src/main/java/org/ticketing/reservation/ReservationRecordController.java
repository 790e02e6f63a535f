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
  private final ClosingCustomer closing;
  private final EndingReservations ending;

  ReservationRecordController(
      ReservationService reservations, ClosingCustomer closing, EndingReservations ending) {
    this.reservations = reservations;
    this.closing = closing;
    this.ending = ending;
  }

  @Override
  public Set<UUID> occupiedSeats(UUID scheduleId) {
    return reservations.occupiedSeats(scheduleId);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void close(UUID userId, long withdrawal) {
    closing.close(userId, withdrawal);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void reopen(UUID userId, long withdrawal) {
    closing.reopen(userId, withdrawal);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void change(UUID scheduleId, ScheduleVersion version) {
    ending.change(scheduleId, version);
  }
}

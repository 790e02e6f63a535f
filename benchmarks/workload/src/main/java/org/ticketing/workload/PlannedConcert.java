package org.ticketing.workload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;

/** A concert that an operator has planned, to put schedules of it on sale. */
public final class PlannedConcert {

  private static final int SEATS_PER_ROW = 100;

  private final PublicApis operator;
  private final UUID id;

  private PlannedConcert(PublicApis operator, UUID id) {
    this.operator = operator;
    this.id = id;
  }

  /** A schedule with its seats. */
  public record Sale(UUID schedule, List<UUID> seats) {}

  public static PlannedConcert by(PublicApis operator) {
    ConcertDetails details = new ConcertDetails("The Two Generals", "On tour.");
    return new PlannedConcert(operator, operator.concerts().create(details).id());
  }

  /**
   * Plans the concert for a day a year from now, without seats.
   *
   * @return the id of the schedule
   */
  public UUID schedule(String venue) {
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    return operator.concerts().schedule(id, new ScheduleDetails(venue, nextYear)).id();
  }

  /**
   * Plans the concert for a day a year from now, in whole rows of seats.
   *
   * @param seats there will be at least
   * @param price of every seat
   */
  public Sale sale(String venue, int seats, long price) {
    UUID schedule = schedule(venue);
    int rows = (seats + SEATS_PER_ROW - 1) / SEATS_PER_ROW;
    operator
        .seats()
        .layOut(
            schedule, new Layout(List.of(new Section("Stalls", "A", rows, SEATS_PER_ROW, price))));
    return new Sale(
        schedule, operator.seats().seats(schedule, true).stream().map(SeatView::id).toList());
  }

  /** Cancels a schedule of any concert. */
  void cancel(UUID schedule) {
    operator.concerts().cancelSchedule(schedule);
  }
}

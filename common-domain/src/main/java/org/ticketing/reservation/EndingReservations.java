package org.ticketing.reservation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.concert.ScheduleCopies.ScheduleVersion;
import org.ticketing.platform.StagedJob;

/**
 * Takes changes of schedules, and ends the reservations of those that are cancelled: held ones at
 * once, paid ones when the payment service has refunded them. A payment that is just claiming its
 * reservation either comes first, and is refunded, or is refused.
 */
@Component
class EndingReservations {

  static final StagedJob JOB = new StagedJob("end-reservations");

  private final Schedules schedules;
  private final Reservations reservations;
  private final Refunds refunds;
  private final SchedulerClient jobs;
  private final Clock clock;

  EndingReservations(
      Schedules schedules,
      Reservations reservations,
      Refunds refunds,
      SchedulerClient jobs,
      Clock clock) {
    this.schedules = schedules;
    this.reservations = reservations;
    this.refunds = refunds;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** From the commit of a cancellation on, nothing of the schedule is held or claimed. */
  @Transactional
  void change(UUID scheduleId, ScheduleVersion told) {
    if (schedules.change(scheduleId, told) && told.cancelled()) {
      jobs.schedule(JOB.about(scheduleId), clock.instant());
    }
  }

  /**
   * Ends what can be ended. Returns whether nothing is left: a reservation that a payment has
   * locked or is paying, and one whose refund is under way, is looked at again.
   */
  boolean end(UUID scheduleId) {
    reservations.cancelAllHeld(scheduleId);
    List<UUID> paid = reservations.paymentsOf(scheduleId);
    for (int from = 0; from < paid.size(); from += Refunds.MOST) {
      refunds.request(paid.subList(from, Math.min(from + Refunds.MOST, paid.size())));
    }
    return !reservations.hasLive(scheduleId);
  }
}

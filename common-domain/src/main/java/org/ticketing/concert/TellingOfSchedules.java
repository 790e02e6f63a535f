package org.ticketing.concert;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.concert.ScheduleCopies.ScheduleVersion;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.StagedJob;

/**
 * Tells the owner of the {@link ScheduleCopies} of changed schedules: at once, so that a change is
 * in effect when it is acknowledged, and by a job, in case this process dies or the other does not
 * answer.
 */
@Component
class TellingOfSchedules {

  static final StagedJob JOB = new StagedJob("tell-of-schedule");

  private final ScheduleRepository schedules;
  private final ScheduleCopies copies;
  private final SchedulerClient jobs;
  private final Clock clock;

  TellingOfSchedules(
      ScheduleRepository schedules, ScheduleCopies copies, SchedulerClient jobs, Clock clock) {
    this.schedules = schedules;
    this.copies = copies;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Stages the jobs in the transaction of the changes. */
  @Transactional(propagation = Propagation.MANDATORY)
  void stage(List<UUID> changed) {
    changed.forEach(schedule -> jobs.schedule(JOB.about(schedule), clock.instant()));
  }

  /**
   * Tells of the schedules as they are now, unless that has been done.
   *
   * @throws ServiceUnavailable not all have been told; the jobs go on
   */
  void tell(List<UUID> changed) {
    changed.forEach(this::tell);
  }

  /** Does the same for one. Returns false if it was changed again meanwhile. */
  boolean tell(UUID scheduleId) {
    ScheduledConcert schedule = schedules.find(scheduleId).orElseThrow();
    if (schedule.isTold()) {
      return true;
    }
    copies.change(
        scheduleId,
        new ScheduleVersion(schedule.version(), schedule.startsAt(), schedule.cancelled()));
    return schedules.told(scheduleId, schedule.version());
  }
}

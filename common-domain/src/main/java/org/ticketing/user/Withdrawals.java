package org.ticketing.user;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.StagedJob;

/** Records how far withdrawals are, each attempt with a number. */
@Component
class Withdrawals {

  static final StagedJob JOB = new StagedJob("finish-withdrawal");

  /** By then the request has usually finished. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private final UserRepository users;
  private final SchedulerClient jobs;
  private final Clock clock;

  Withdrawals(UserRepository users, SchedulerClient jobs, Clock clock) {
    this.users = users;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * The user becomes WITHDRAWING, and a job is staged that finishes the withdrawal should this
   * process die.
   *
   * @return the number of this attempt; none if the user has withdrawn
   */
  @Transactional
  Optional<Long> begin(UUID userId) {
    Optional<Long> withdrawal = users.beginWithdrawal(userId);
    withdrawal.ifPresent(number -> jobs.schedule(JOB.about(userId), clock.instant().plus(LATER)));
    return withdrawal;
  }

  /**
   * Begins another attempt.
   *
   * @return its number; none if no withdrawal is under way
   */
  Optional<Long> resume(UUID userId) {
    return users.resumeWithdrawal(userId);
  }

  /**
   * The user becomes WITHDRAWN, or ACTIVE again.
   *
   * @return false if there is a later attempt
   */
  boolean end(UUID userId, long withdrawal, boolean withdrawn) {
    return users.endWithdrawal(userId, withdrawal, withdrawn ? "WITHDRAWN" : "ACTIVE");
  }
}

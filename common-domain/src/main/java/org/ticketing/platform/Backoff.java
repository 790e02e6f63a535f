package org.ticketing.platform;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;

/**
 * Repeats a failed job until it succeeds, after one second, then two, four and so on up to a
 * minute. (The one of db-scheduler grows without a limit.)
 */
public class Backoff<T> implements FailureHandler<T> {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  /**
   * @param failures in a row so far, 1 or more
   */
  public static Duration after(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  @Override
  public void onFailure(ExecutionComplete failed, ExecutionOperations<T> job) {
    int failures = failed.getExecution().consecutiveFailures + 1;
    job.reschedule(failed, failed.getTimeDone().plus(after(failures)));
  }
}

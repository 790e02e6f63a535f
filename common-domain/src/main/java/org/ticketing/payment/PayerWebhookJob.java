package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.Backoff;
import org.ticketing.platform.Jobs;

/**
 * The job that tells one user of the ends of payments, one after the other. It is staged after such
 * an end if there is none, and goes when nothing is left to tell. Whoever has removed it looks once
 * more: somebody who has ended a payment meanwhile has found the job, and staged none. Users who
 * were forgotten because a process died at that point are found by a recurring job.
 */
@Configuration(proxyBeanMethods = false)
class PayerWebhookJob {

  /**
   * @param failures in a row, of all payments of the user
   */
  record Silence(int failures) implements Serializable {

    private static final Silence NONE = new Silence(0);
  }

  private static final TaskDescriptor<Silence> JOB =
      TaskDescriptor.of("payer-webhooks", Silence.class);

  /** Endpoints that answer slowly keep at most a quarter of a process's job threads busy. */
  private static final int TURNS_AT_ONCE = Jobs.THREADS / 4;

  private static final Duration NOT_YET = Duration.ofMillis(500);

  /** Then it is the turn of others, if the user has more to be told. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

  private static final Duration BETWEEN_SEARCHES = Duration.ofMinutes(1);

  private final Semaphore turns = new Semaphore(TURNS_AT_ONCE);

  static TaskInstance<Silence> of(UUID user) {
    return JOB.instance(user.toString()).data(Silence.NONE).build();
  }

  @Bean
  CustomTask<Silence> tellPayer(PayerWebhooks webhooks, SchedulerClient jobs, Clock clock) {
    return Tasks.custom(JOB)
        .onFailure(new Backoff<>())
        .execute(
            (job, context) -> {
              if (!turns.tryAcquire()) {
                return again(NOT_YET, job.getData());
              }
              try {
                return tell(UUID.fromString(job.getId()), job.getData(), webhooks, jobs, clock);
              } finally {
                turns.release();
              }
            });
  }

  private static CompletionHandler<Silence> tell(
      UUID user, Silence before, PayerWebhooks webhooks, SchedulerClient jobs, Clock clock) {
    Silence silence = before;
    Instant over = clock.instant().plus(LONGEST_TURN);
    do {
      switch (webhooks.postNext(user, silence.failures())) {
        case NOTHING_LEFT -> {
          return (done, row) -> {
            row.remove();
            if (webhooks.hasToTell(user)) {
              jobs.scheduleIfNotExists(of(user), clock.instant());
            }
          };
        }
        case TOLD -> silence = Silence.NONE;
        case FAILED -> {
          int failures = silence.failures() + 1;
          return again(Backoff.after(failures), new Silence(failures));
        }
      }
    } while (clock.instant().isBefore(over));
    return again(NOT_YET, silence);
  }

  private static CompletionHandler<Silence> again(Duration pause, Silence silence) {
    return (done, row) -> row.reschedule(done, done.getTimeDone().plus(pause), silence);
  }

  @Bean
  RecurringTask<Void> findUntoldPayers(PayerWebhooks webhooks, SchedulerClient jobs, Clock clock) {
    return Tasks.recurring("find-untold-payers", FixedDelay.of(BETWEEN_SEARCHES))
        .execute(
            (job, context) ->
                webhooks
                    .untoldUsers()
                    .forEach(user -> jobs.scheduleIfNotExists(of(user), clock.instant())));
  }
}

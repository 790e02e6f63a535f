package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.Backoff;
import org.ticketing.platform.Jobs;

/**
 * The job that delivers to one partner. It is staged with the first sale after the partner was
 * idle, and ends when nothing is left to deliver. Its name is never used again, because
 * db-scheduler may not yet have removed a job that has just ended, and would ignore a new one of
 * the same name.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PartnerProperties.class)
class DeliveryJob {

  private static final TaskDescriptor<Void> JOB = TaskDescriptor.of("partner-delivery");

  static TaskInstance<Void> of(UUID activation) {
    return JOB.instance(activation.toString()).build();
  }

  /** Partners that answer slowly keep at most half of a process's job threads busy. */
  private static final int TURNS_AT_ONCE = Jobs.THREADS / 2;

  private static final Duration NOT_YET = Duration.ofMillis(500);

  private final Semaphore turns = new Semaphore(TURNS_AT_ONCE);

  private Optional<Duration> inTurn(DeliveryTurn turn, UUID activation) {
    if (!turns.tryAcquire()) {
      return Optional.of(NOT_YET);
    }
    try {
      return turn.take(activation);
    } finally {
      turns.release();
    }
  }

  @Bean
  CustomTask<Void> partnerDeliveryJob(DeliveryTurn turn) {
    return Tasks.custom(JOB)
        .onFailure(new Backoff<>())
        .execute(
            (job, context) ->
                inTurn(turn, UUID.fromString(job.getId()))
                    .<CompletionHandler<Void>>map(
                        pause ->
                            (done, row) -> row.reschedule(done, done.getTimeDone().plus(pause)))
                    .orElseGet(CompletionHandler.OnCompleteRemove::new));
  }
}

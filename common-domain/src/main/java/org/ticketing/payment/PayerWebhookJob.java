package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.ticketing.platform.Backoff;
import org.ticketing.platform.Jobs;

/**
 * The job that tells one payer of the end of a payment. It is staged with that end, and repeated,
 * with growing pauses, until the payer's endpoint has accepted it or has failed too often.
 */
@Configuration(proxyBeanMethods = false)
class PayerWebhookJob {

  private static final Logger log = LoggerFactory.getLogger(PayerWebhookJob.class);

  /** With the number of failures so far. */
  private static final TaskDescriptor<Integer> JOB =
      TaskDescriptor.of("payer-webhook", Integer.class);

  /** Endpoints that answer slowly keep at most a quarter of a process's job threads busy. */
  private static final int TURNS_AT_ONCE = Jobs.THREADS / 4;

  private static final Duration NOT_YET = Duration.ofMillis(500);

  private final Semaphore turns = new Semaphore(TURNS_AT_ONCE);

  static TaskInstance<Integer> about(UUID paymentId) {
    return JOB.instance(paymentId.toString()).data(0).build();
  }

  @Bean
  CustomTask<Integer> payerWebhook(PayerWebhooks webhooks, Asynchrony settings) {
    return Tasks.custom(JOB)
        .onFailure(new Backoff<>())
        .execute(
            (job, context) ->
                turns.tryAcquire()
                    ? inTurn(job, webhooks, settings.webhook().attempts())
                    : again(NOT_YET, job.getData()));
  }

  private CompletionHandler<Integer> inTurn(
      TaskInstance<Integer> job, PayerWebhooks webhooks, int attempts) {
    try {
      Optional<String> error = webhooks.post(UUID.fromString(job.getId()));
      if (error.isEmpty()) {
        return new CompletionHandler.OnCompleteRemove<>();
      }
      int failures = job.getData() + 1;
      if (failures >= attempts) {
        log.warn("The payer of {} is not told: {}", job.getId(), error.get());
        return new CompletionHandler.OnCompleteRemove<>();
      }
      return again(Backoff.after(failures), failures);
    } finally {
      turns.release();
    }
  }

  private static CompletionHandler<Integer> again(Duration pause, int failures) {
    return (done, row) -> row.reschedule(done, done.getTimeDone().plus(pause), failures);
  }
}

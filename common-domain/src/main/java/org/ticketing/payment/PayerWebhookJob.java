package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * @param user who has paid
   * @param failures so far
   */
  record Post(UUID user, int failures) implements Serializable {

    private Post failed() {
      return new Post(user, failures + 1);
    }
  }

  private static final TaskDescriptor<Post> JOB = TaskDescriptor.of("payer-webhook", Post.class);

  /** Endpoints that answer slowly keep at most a quarter of a process's job threads busy. */
  private static final int TURNS_AT_ONCE = Jobs.THREADS / 4;

  private static final Duration NOT_YET = Duration.ofMillis(500);

  private final Semaphore turns = new Semaphore(TURNS_AT_ONCE);

  /** Users of whose endpoints one is called: one that is silent keeps nobody else waiting. */
  private final Set<UUID> users = ConcurrentHashMap.newKeySet();

  static TaskInstance<Post> about(UUID paymentId, UUID user) {
    return JOB.instance(paymentId.toString()).data(new Post(user, 0)).build();
  }

  @Bean
  CustomTask<Post> payerWebhook(PayerWebhooks webhooks, Asynchrony settings) {
    return Tasks.custom(JOB)
        .onFailure(new Backoff<>())
        .execute(
            (job, context) ->
                users.add(job.getData().user())
                    ? alone(job, webhooks, settings.webhook().attempts())
                    : again(settings.webhook().timeout(), job.getData()));
  }

  private CompletionHandler<Post> alone(
      TaskInstance<Post> job, PayerWebhooks webhooks, int attempts) {
    try {
      return turns.tryAcquire() ? inTurn(job, webhooks, attempts) : again(NOT_YET, job.getData());
    } finally {
      users.remove(job.getData().user());
    }
  }

  private CompletionHandler<Post> inTurn(
      TaskInstance<Post> job, PayerWebhooks webhooks, int attempts) {
    try {
      Optional<String> error = webhooks.post(UUID.fromString(job.getId()));
      if (error.isEmpty()) {
        return new CompletionHandler.OnCompleteRemove<>();
      }
      Post failed = job.getData().failed();
      if (failed.failures() >= attempts) {
        log.warn("The payer of {} is not told: {}", job.getId(), error.get());
        return new CompletionHandler.OnCompleteRemove<>();
      }
      return again(Backoff.after(failed.failures()), failed);
    } finally {
      turns.release();
    }
  }

  private static CompletionHandler<Post> again(Duration pause, Post post) {
    return (done, row) -> row.reschedule(done, done.getTimeDone().plus(pause), post);
  }
}

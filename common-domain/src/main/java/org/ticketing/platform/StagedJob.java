package org.ticketing.platform;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A job about one thing, such as a user. It is staged by the transaction that causes it, and runs
 * until it is done, however often a process dies meanwhile. So its work has to be idempotent.
 */
public final class StagedJob {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TaskDescriptor<UUID> job;

  /**
   * @param name under which it is stored
   */
  public StagedJob(String name) {
    this.job = TaskDescriptor.of(name, UUID.class);
  }

  /** What to stage. Two about the same thing are two jobs. */
  public TaskInstance<UUID> about(UUID id) {
    return job.instance(UUID.randomUUID().toString()).data(id).build();
  }

  /** The job itself, which is done when the work is. After an exception it runs again. */
  public CustomTask<UUID> run(Consumer<UUID> work) {
    return runUntil(
        id -> {
          work.accept(id);
          return true;
        });
  }

  /**
   * The job itself. After an exception it runs again, with {@link Backoff}.
   *
   * @param done does the work, and returns whether nothing is left of it; else it is done again
   *     after a second
   */
  public CustomTask<UUID> runUntil(Predicate<UUID> done) {
    return Tasks.custom(job)
        .onFailure(new Backoff<UUID>())
        .execute(
            (instance, context) ->
                done.test(instance.getData())
                    ? new CompletionHandler.OnCompleteRemove<UUID>()
                    : (result, row) -> row.reschedule(result, result.getTimeDone().plus(PAUSE)));
  }
}

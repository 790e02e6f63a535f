package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.PayerWebhookJob.Silence;
import org.ticketing.payment.PayerWebhooks.Post;
import org.ticketing.platform.Jobs;

class PayerWebhookJobTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final UUID user = UUID.randomUUID();
  private final PayerWebhooks webhooks = mock();
  private final SchedulerClient jobs = mock();
  private final ExecutionOperations<Silence> row = mock();
  private final PayerWebhookJob payers = new PayerWebhookJob();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Clock clock = mock();

  @BeforeEach
  void nothingIsLeft() {
    when(webhooks.postNext(any(), anyInt())).thenReturn(Post.NOTHING_LEFT);
    when(clock.instant()).thenAnswer(call -> now.get());
  }

  @Test
  void allThatIsLeftIsToldAndThenTheJobGoes() {
    when(webhooks.postNext(user, 0))
        .thenReturn(Post.TOLD)
        .thenReturn(Post.TOLD)
        .thenReturn(Post.NOTHING_LEFT);
    run(new Silence(0));
    verify(webhooks, times(3)).postNext(user, 0);
    verify(row).remove();
    verify(jobs, never()).scheduleIfNotExists(any(TaskInstance.class), any());
  }

  /** Whoever has ended it found this job, and has staged none. */
  @Test
  void anEndThatCameWhileTheJobWentIsNotForgotten() {
    when(webhooks.hasToTell(user)).thenReturn(true);
    run(new Silence(0));
    var order = inOrder(row, webhooks, jobs);
    order.verify(row).remove();
    order.verify(webhooks).hasToTell(user);
    order.verify(jobs).scheduleIfNotExists(PayerWebhookJob.of(user), NOW);
  }

  @Test
  void aFailureIsRepeatedAfterAPauseThatGrowsWithTheirNumber() {
    when(webhooks.postNext(user, 3)).thenReturn(Post.FAILED);
    run(new Silence(3));
    verify(row).reschedule(any(), eq(NOW.plus(Duration.ofSeconds(8))), eq(new Silence(4)));
  }

  @Test
  void anEndpointThatAnswersAgainIsNotTakenForSilent() {
    when(webhooks.postNext(user, 7)).thenReturn(Post.TOLD);
    when(webhooks.postNext(user, 0)).thenReturn(Post.FAILED);
    run(new Silence(7));
    verify(row).reschedule(any(), eq(NOW.plus(Duration.ofSeconds(1))), eq(new Silence(1)));
  }

  @Test
  void whoHasMuchToBeToldLetsOthersHaveATurn() {
    when(webhooks.postNext(user, 0))
        .thenAnswer(
            call -> {
              now.updateAndGet(time -> time.plusSeconds(2));
              return Post.TOLD;
            });
    run(new Silence(0));
    verify(webhooks, times(3)).postNext(user, 0);
    verify(row).reschedule(any(), eq(NOW.plusMillis(500)), eq(new Silence(0)));
  }

  /** Each post begins another one while it lasts. */
  @Test
  void slowEndpointsKeepAQuarterOfTheThreadsBusyAtMost() {
    int turns = Jobs.THREADS / 4;
    when(webhooks.postNext(user, 0))
        .thenAnswer(
            call -> {
              run(new Silence(0));
              return Post.NOTHING_LEFT;
            });
    run(new Silence(0));
    verify(webhooks, times(turns)).postNext(user, 0);
    verify(row).reschedule(any(), eq(NOW.plusMillis(500)), eq(new Silence(0)));
    verify(row, times(turns)).remove();
  }

  @Test
  void usersWhoWereForgottenAreFound() {
    when(webhooks.untoldUsers()).thenReturn(List.of(user));
    payers
        .findUntoldPayers(webhooks, jobs, clock)
        .executeRecurringly(new TaskInstance<>("find-untold-payers", "recurring"), null);
    verify(jobs).scheduleIfNotExists(PayerWebhookJob.of(user), NOW);
  }

  private void run(Silence before) {
    TaskInstance<Silence> job =
        new TaskInstance<>(PayerWebhookJob.of(user).getTaskName(), user.toString(), before);
    var done = ExecutionComplete.success(new Execution(NOW, job), NOW, NOW);
    assertThat(job.getId()).isEqualTo(user.toString());
    payers.tellPayer(webhooks, jobs, clock).execute(job, null).complete(done, row);
  }
}

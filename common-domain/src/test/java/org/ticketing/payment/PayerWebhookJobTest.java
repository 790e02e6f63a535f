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
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.PayerWebhookJob.Silence;
import org.ticketing.payment.PayerWebhooks.Post;

class PayerWebhookJobTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final UUID user = UUID.randomUUID();
  private final PayerWebhooks webhooks = mock();
  private final SchedulerClient jobs = mock();
  private final ExecutionOperations<Silence> row = mock();

  @BeforeEach
  void nothingIsLeft() {
    when(webhooks.postNext(any(), anyInt())).thenReturn(Post.NOTHING_LEFT);
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
    when(webhooks.postNext(user, 0)).thenReturn(Post.TOLD);
    run(new Silence(0));
    verify(row).reschedule(any(), eq(NOW), eq(new Silence(0)));
  }

  @Test
  void usersWhoWereForgottenAreFound() {
    when(webhooks.untoldUsers()).thenReturn(List.of(user));
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    new PayerWebhookJob()
        .findUntoldPayers(webhooks, jobs, clock)
        .executeRecurringly(new TaskInstance<>("find-untold-payers", "recurring"), null);
    verify(jobs).scheduleIfNotExists(PayerWebhookJob.of(user), NOW);
  }

  private void run(Silence before) {
    TaskInstance<Silence> job =
        new TaskInstance<>(PayerWebhookJob.of(user).getTaskName(), user.toString(), before);
    var done = ExecutionComplete.success(new Execution(NOW, job), NOW, NOW);
    assertThat(job.getId()).isEqualTo(user.toString());
    new PayerWebhookJob()
        .tellPayer(webhooks, jobs, Clock.fixed(NOW, ZoneOffset.UTC))
        .execute(job, null)
        .complete(done, row);
  }
}

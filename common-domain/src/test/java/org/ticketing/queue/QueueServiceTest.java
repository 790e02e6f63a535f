package org.ticketing.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.queue.AdmissionApi.Ending;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenView;
import org.ticketing.testing.AtOnce;
import org.ticketing.testing.OnRealDatabase;

/** Three are admitted at a time, and five are active at the most. */
@OnRealDatabase.Postgresql
@TestPropertySource(
    properties = {
      "ticketing.queue.interval=1d",
      "ticketing.queue.admissions=3",
      "ticketing.queue.ceiling=5",
      "ticketing.queue.active-for=10m"
    })
@Import(MovableClock.class)
class QueueServiceTest {

  private static final int AT_ONCE = 16;
  private static final Duration ACTIVE_FOR = Duration.ofMinutes(10);

  @Autowired private QueueService queues;
  @Autowired private MovableClock clock;
  @Autowired private JdbcClient jdbc;

  private final UUID schedule = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();

  /** The jobs run when the process starts, and then not again during the test. */
  @BeforeEach
  void awaitTheJobs() {
    Awaitility.await()
        .until(
            () ->
                jdbc.sql(
                            """
                            SELECT count(*) FROM scheduled_tasks
                            WHERE task_name IN ('admit-from-queue', 'expire-queue-tokens')
                              AND last_success IS NOT NULL AND NOT picked""")
                        .query(Integer.class)
                        .single()
                    == 2);
  }

  @Test
  void ranksFollowTheOrderOfArrival() {
    assertThat(line(4)).extracting(this::rankOf).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void everyScheduleHasItsOwnLine() {
    line(4);
    assertThat(queues.take(user, UUID.randomUUID()).rank()).isEqualTo(1);
  }

  @Test
  void aCustomerWithALiveTokenGetsItAgain() {
    TokenView waiting = queues.take(user, schedule);
    assertThat(queues.take(user, schedule)).isEqualTo(waiting);
    queues.admitNext(schedule);
    TokenView active = queues.take(user, schedule);
    assertThat(active.id()).isEqualTo(waiting.id());
    assertThat(active.status()).isEqualTo(Status.ACTIVE);
  }

  @Test
  void requestsOfOneCustomerAtTheSameTimeGetOneLiveToken() throws Exception {
    List<UUID> taken = atOnce(() -> queues.take(user, schedule).id());
    assertThat(taken).hasSize(AT_ONCE).containsOnly(taken.get(0));
    assertThat(rankOf(line(1).get(0))).isEqualTo(2);
  }

  @Test
  void customersAtTheSameTimeGetARankEach() throws Exception {
    List<Long> ranks = atOnce(() -> queues.take(UUID.randomUUID(), schedule).rank());
    assertThat(ranks)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, AT_ONCE).mapToObj(Long::valueOf).toList());
  }

  @Test
  void customersAreAdmittedInOrder() {
    List<UUID> line = line(5);
    queues.admitNext(schedule);
    assertThat(statusesOf(line))
        .containsExactly(
            Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.WAITING, Status.WAITING);
    assertThat(line).extracting(this::rankOf).containsExactly(0L, 0L, 0L, 1L, 2L);
  }

  @Test
  void theWaitIsEstimatedInWholeIntervals() {
    List<UUID> line = line(7);
    assertThat(line)
        .extracting(token -> queues.find(token).estimatedWait().toDays())
        .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 3L);
    queues.admitNext(schedule);
    assertThat(queues.find(line.get(0)).estimatedWait()).isZero();
  }

  @Test
  void noMoreTokensAreActiveThanTheCeiling() {
    List<UUID> line = line(8);
    queues.admitNext(schedule);
    queues.admitNext(schedule);
    queues.admitNext(schedule);
    assertThat(statusesOf(line)).filteredOn(Status.ACTIVE::equals).hasSize(5);
    queues.leave(line.get(0));
    queues.admitNext(schedule);
    assertThat(statusOf(line.get(5))).isEqualTo(Status.ACTIVE);
    assertThat(statusOf(line.get(6))).isEqualTo(Status.WAITING);
  }

  @Test
  void admissionsAtTheSameTimeAdmitNobodyTwiceAndNoMoreThanTheCeiling() throws Exception {
    List<UUID> line = line(20);
    atOnce(
        () -> {
          queues.admitNext(schedule);
          return null;
        });
    assertThat(statusesOf(line.subList(0, 5))).containsOnly(Status.ACTIVE);
    assertThat(statusesOf(line.subList(5, 20))).containsOnly(Status.WAITING);
    assertThat(line)
        .extracting(
            token ->
                jdbc.sql("SELECT version FROM queue_token WHERE id = ?")
                    .param(token)
                    .query(Integer.class)
                    .single())
        .containsOnly(0, 1);
  }

  @Test
  void anActiveTokenAdmitsItsCustomerUntilItsTimeRunsOut() {
    UUID token = queues.take(user, schedule).id();
    assertThat(queues.isAdmitted(user, schedule)).isFalse();
    queues.admitNext(schedule);
    assertThat(queues.find(token).activeUntil()).isEqualTo(clock.instant().plus(ACTIVE_FOR));
    clock.pass(ACTIVE_FOR.minusNanos(1000));
    assertThat(queues.isAdmitted(user, schedule)).isTrue();
    clock.pass(Duration.ofNanos(1000));
    assertThat(queues.isAdmitted(user, schedule)).isFalse();
    assertThat(statusOf(token)).isEqualTo(Status.EXPIRED);
  }

  @Test
  void aTokenAdmitsOnlyToItsSchedule() {
    queues.take(user, schedule);
    queues.admitNext(schedule);
    assertThat(queues.isAdmitted(user, UUID.randomUUID())).isFalse();
    assertThat(queues.isAdmitted(UUID.randomUUID(), schedule)).isFalse();
  }

  @Test
  void thePlaceOfAnExpiredTokenIsFreeBeforeItIsSwept() {
    List<UUID> line = line(8);
    queues.admitNext(schedule);
    queues.admitNext(schedule);
    clock.pass(ACTIVE_FOR);
    queues.admitNext(schedule);
    assertThat(statusesOf(line.subList(5, 8))).containsOnly(Status.ACTIVE);
  }

  @Test
  void aCustomerWhoseTokenExpiredCanQueueAgainBeforeItIsSwept() {
    UUID expired = queues.take(user, schedule).id();
    queues.admitNext(schedule);
    line(4);
    clock.pass(ACTIVE_FOR);
    TokenView again = queues.take(user, schedule);
    assertThat(again.id()).isNotEqualTo(expired);
    assertThat(again.status()).isEqualTo(Status.WAITING);
    assertThat(again.rank()).isEqualTo(5);
    assertThat(storedStatusOf(expired)).isEqualTo("EXPIRED");
  }

  @Test
  void theSweepExpiresOnlyTokensWhoseTimeHasRunOut() {
    List<UUID> line = line(5);
    queues.admitNext(schedule);
    clock.pass(Duration.ofMinutes(1));
    queues.leave(line.get(0));
    queues.admitNext(schedule);
    clock.pass(ACTIVE_FOR.minusMinutes(1));
    queues.expireTokens();
    assertThat(line)
        .extracting(this::storedStatusOf)
        .containsExactly("LEFT", "EXPIRED", "EXPIRED", "ACTIVE", "ACTIVE");
  }

  @Test
  void aCustomerWhoHasLeftIsSkipped() {
    List<UUID> line = line(5);
    queues.leave(line.get(0));
    queues.leave(line.get(0));
    queues.leave(line.get(2));
    queues.admitNext(schedule);
    assertThat(statusesOf(line))
        .containsExactly(Status.LEFT, Status.ACTIVE, Status.LEFT, Status.ACTIVE, Status.ACTIVE);
    assertThat(queues.find(line.get(0)).rank()).isZero();
  }

  @Test
  void aCustomerWhoHasLeftQueuesAgainAtTheEnd() {
    UUID left = queues.take(user, schedule).id();
    line(2);
    queues.leave(left);
    assertThat(queues.take(user, schedule).rank()).isEqualTo(4);
    queues.admitNext(schedule);
    assertThat(queues.isAdmitted(user, schedule)).isTrue();
    assertThat(statusOf(left)).isEqualTo(Status.LEFT);
  }

  @Test
  void aLineIsServedAsLongAsSomebodyWaits() {
    List<UUID> line = line(2);
    assertThat(queues.schedulesWithSomebodyWaiting()).contains(schedule);
    line.forEach(queues::leave);
    queues.admitNext(schedule);
    assertThat(queues.schedulesWithSomebodyWaiting()).doesNotContain(schedule);
    line(1);
    assertThat(queues.schedulesWithSomebodyWaiting()).contains(schedule);
  }

  @Test
  void aPaymentEndsTheTokenOnce() {
    UUID token = queues.take(user, schedule).id();
    UUID other = queues.take(UUID.randomUUID(), schedule).id();
    queues.admitNext(schedule);
    Instant paidAt = clock.instant();
    end(user, paidAt);
    end(user, paidAt);
    assertThat(statusOf(token)).isEqualTo(Status.USED);
    assertThat(queues.isAdmitted(user, schedule)).isFalse();
    assertThat(statusOf(other)).isEqualTo(Status.ACTIVE);
    clock.pass(Duration.ofSeconds(1));
    UUID next = queues.take(user, schedule).id();
    end(user, paidAt);
    assertThat(statusOf(next)).as("taken after the payment").isEqualTo(Status.WAITING);
  }

  @Test
  void eachOfManyPaymentsEndsItsOwnToken() {
    UUID other = UUID.randomUUID();
    UUID otherSchedule = UUID.randomUUID();
    UUID first = queues.take(user, schedule).id();
    UUID second = queues.take(other, schedule).id();
    UUID third = queues.take(user, otherSchedule).id();
    UUID notPaidFor = queues.take(other, otherSchedule).id();
    queues.admitNext(schedule);
    Instant paidAt = clock.instant();
    clock.pass(Duration.ofSeconds(1));
    UUID later = UUID.randomUUID();
    UUID takenLater = queues.take(later, schedule).id();

    queues.end(
        List.of(
            new Ending(user, schedule, paidAt),
            new Ending(other, schedule, paidAt),
            new Ending(UUID.randomUUID(), schedule, paidAt),
            new Ending(user, otherSchedule, paidAt),
            new Ending(user, otherSchedule, paidAt),
            new Ending(later, schedule, paidAt)));

    assertThat(statusesOf(List.of(first, second, third))).containsOnly(Status.USED);
    assertThat(statusOf(notPaidFor)).isEqualTo(Status.WAITING);
    assertThat(statusOf(takenLater)).as("taken after the payment").isEqualTo(Status.WAITING);
  }

  @Test
  void theLaterOfTwoPaymentsEndsTheToken() {
    Instant earlier = clock.instant();
    clock.pass(Duration.ofSeconds(1));
    UUID token = queues.take(user, schedule).id();
    queues.end(
        List.of(new Ending(user, schedule, earlier), new Ending(user, schedule, clock.instant())));
    assertThat(statusOf(token)).isEqualTo(Status.USED);
  }

  @Test
  void aPaymentNeedsNoToken() {
    end(user, clock.instant());
    assertThat(queues.isAdmitted(user, schedule)).isFalse();
  }

  @Test
  void aTokenThatHasEndedDoesNotChangeAnyMore() {
    List<UUID> line = line(2);
    queues.admitNext(schedule);
    queues.leave(line.get(0));
    clock.pass(ACTIVE_FOR);
    queues.expireTokens();
    queues.leave(line.get(1));
    assertThat(statusesOf(line)).containsExactly(Status.LEFT, Status.EXPIRED);
  }

  @Test
  void anUnknownTokenIsRefused() {
    assertThatThrownBy(() -> queues.find(UUID.randomUUID()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_QUEUE_TOKEN));
  }

  private void end(UUID userId, Instant paidAt) {
    queues.end(List.of(new Ending(userId, schedule, paidAt)));
  }

  private List<UUID> line(int people) {
    return Stream.generate(() -> queues.take(UUID.randomUUID(), schedule).id())
        .limit(people)
        .toList();
  }

  private Status statusOf(UUID token) {
    return queues.find(token).status();
  }

  private List<Status> statusesOf(List<UUID> tokens) {
    return tokens.stream().map(this::statusOf).toList();
  }

  private long rankOf(UUID token) {
    return queues.find(token).rank();
  }

  private String storedStatusOf(UUID token) {
    return jdbc.sql("SELECT status FROM queue_token WHERE id = ?")
        .param(token)
        .query(String.class)
        .single();
  }

  private static <T> List<T> atOnce(Callable<T> action) throws Exception {
    return AtOnce.run(Collections.nCopies(AT_ONCE, action));
  }
}

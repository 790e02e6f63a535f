package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.payment.TransactionFilter.Show;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.LogTable;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.testing.OnRealDatabase;

/** What operators are told, put together out of the record, an engine, and the log. */
@OnRealDatabase.Postgresql
class TransactionsTest {

  private static final Duration OVERDUE = Duration.ofMinutes(1);

  @Autowired private Payments payments;
  @Autowired private PaymentParticipant participant;
  @Autowired private RecordedPayments record;
  @Autowired private PaymentProtocol protocol;
  @Autowired private TransactionLog log;
  @Autowired private LogTable table;
  @Autowired private JdbcClient jdbc;

  private final TransactionEngine engine = mock();
  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final UUID reservation = UUID.randomUUID();

  @BeforeEach
  void anEngineThatKnowsNothing() {
    when(engine.protocol()).thenReturn("some");
    when(engine.patience()).thenReturn("a minute");
    when(engine.overdueAfter()).thenReturn(OVERDUE);
    when(engine.unfinished(anyInt())).thenReturn(List.of());
    when(engine.find(any())).thenReturn(Optional.empty());
    when(engine.preview(any(), any())).thenReturn(Effect.refused("There is nothing to do."));
  }

  private Transactions transactions() {
    return transactionsAfter(Duration.ZERO);
  }

  private Transactions transactionsAfter(Duration time) {
    return new Transactions(
        record,
        protocol,
        new StaticListableBeanFactory(Map.of("engine", engine))
            .getBeanProvider(TransactionEngine.class),
        table,
        Clock.offset(Clock.systemUTC(), time));
  }

  @Test
  void recordedPaymentsAreListedTheLatestFirstPageByPage() {
    List<UUID> all = IntStream.range(0, 5).mapToObj(n -> completed("key " + n)).toList();

    List<UUID> listed = new ArrayList<>();
    Place place = null;
    TransactionPage page;
    do {
      page = transactions().list(of(Show.ALL, user), place, 2);
      assertThat(page.transactions()).hasSizeLessThanOrEqualTo(2);
      page.transactions().forEach(one -> listed.add(one.payment()));
      place = Place.read(page.next());
    } while (place != null);

    List<UUID> latestFirst = new ArrayList<>(all);
    Collections.reverse(latestFirst);
    assertThat(listed).isEqualTo(latestFirst);
    assertThat(page.protocol()).isEqualTo("some");
    assertThat(page.notReached()).isEmpty();
  }

  @Test
  void paymentsOfTheSameTimeAreListedOnce() {
    List<UUID> all = IntStream.range(0, 5).mapToObj(n -> completed("key " + n)).toList();
    jdbc.sql("UPDATE payment SET requested_at = now() WHERE user_id = :user")
        .param("user", user)
        .update();

    List<UUID> listed = new ArrayList<>();
    Place place = null;
    do {
      TransactionPage page = transactions().list(of(Show.ALL, user), place, 2);
      page.transactions().forEach(one -> listed.add(one.payment()));
      place = Place.read(page.next());
    } while (place != null);

    assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aPaymentIsFoundByWhateverIsKnownOfIt() {
    UUID id = completed("the key " + user);
    UUID paid = record.find(id).orElseThrow().payment().reservationId();
    Instant at = record.find(id).orElseThrow().payment().requestedAt();
    log.phase(id, "xid of " + id, "work", "point", at, Duration.ZERO, null);

    assertThat(ids(filter(Show.ALL, null, id, null, null, null, null, null))).containsExactly(id);
    assertThat(ids(filter(Show.ALL, null, null, paid, null, null, null, null))).containsExactly(id);
    assertThat(ids(filter(Show.ALL, null, null, null, null, "the key " + user, null, null)))
        .containsExactly(id);
    assertThat(ids(filter(Show.ALL, user, null, null, null, null, at, at.plusNanos(1000))))
        .containsExactly(id);
    assertThat(ids(filter(Show.ALL, user, null, null, null, null, null, at))).isEmpty();
    assertThat(ids(filter(Show.ALL, user, null, null, null, "another", null, null))).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ids(filter(Show.ALL, null, null, null, "xid of " + id, null, null, null)))
                    .containsExactly(id));
  }

  @Test
  void whatHasFailedIsListedWithoutWhatWasRefused() {
    UUID failed = failed(Reason.SERVICE_UNAVAILABLE, "one");
    UUID refused = failed(Reason.INSUFFICIENT_POINTS, "other");

    assertThat(ids(of(Show.FAILED, user))).containsExactly(failed);
    assertThat(transactions().list(of(Show.ALL, user), null, 10).transactions())
        .extracting(TransactionSummary::payment, TransactionSummary::outcome)
        .containsExactlyInAnyOrder(tuple(failed, "failed"), tuple(refused, "refused"));
  }

  @Test
  void whatTookLongerThanASecondIsSlow() {
    UUID slow = completed("slow");
    completed("fast");
    jdbc.sql("UPDATE payment SET requested_at = requested_at - interval '2 seconds' WHERE id = :id")
        .param("id", slow)
        .update();

    assertThat(ids(of(Show.SLOW, user))).containsExactly(slow);
  }

  @Test
  void aPaymentThatIsNotRecordedYetIsUnderWayByTheLog() {
    begin();

    TransactionSummary found = awaitInFlight();
    assertThat(found.state()).isEqualTo(TransactionState.WORKING);
    assertThat(found.user()).isEqualTo(user);
    assertThat(found.reservation()).isEqualTo(reservation);
    assertThat(found.key()).isEqualTo("key");
    assertThat(found.stuck()).isFalse();
    assertThat(ids(of(Show.IN_FLIGHT, user))).containsExactly(payment);

    log.changed(payment, null, TransactionState.WORKING, TransactionState.UNDONE, "no points");
    await().untilAsserted(() -> assertThat(ids(of(Show.IN_FLIGHT, user))).isEmpty());
  }

  @Test
  void whatADeadProcessHasBegunHasComeToNothingOnceItIsOverdue() {
    begin();
    awaitInFlight();
    Transactions later = transactionsAfter(OVERDUE.plusSeconds(1));

    TransactionSummary left = later.list(of(Show.FAILED, user), null, 10).transactions().get(0);
    assertThat(left.payment()).isEqualTo(payment);
    assertThat(left.state()).isEqualTo(TransactionState.UNDONE);
    assertThat(left.stuck()).isFalse();
    assertThat(later.find(payment.toString()).decision()).isEqualTo(Decision.UNDO);
    assertThat(later.list(of(Show.IN_FLIGHT, user), null, 10).transactions()).isEmpty();
  }

  @Test
  void nothingIsConcludedFromAnEngineThatGivesNoAnswer() {
    begin();
    awaitInFlight();
    when(engine.unfinished(anyInt())).thenThrow(new ServiceUnavailable("It is away."));
    when(engine.find(any())).thenThrow(new ServiceUnavailable("It is away."));
    when(engine.preview(any(), any())).thenThrow(new ServiceUnavailable("It is away."));
    Transactions later = transactionsAfter(OVERDUE.plusSeconds(1));

    TransactionPage page = later.list(of(Show.IN_DOUBT, user), null, 10);
    assertThat(page.notReached()).containsExactly("It is away.");
    assertThat(page.transactions()).extracting(TransactionSummary::stuck).containsExactly(true);
    TransactionDetail detail = later.find(payment.toString());
    assertThat(detail.transaction().state()).isEqualTo(TransactionState.UNKNOWN);
    assertThat(detail.decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(detail.possible().get(Steering.RETRY).refusal()).isEqualTo("It is away.");
  }

  @Test
  void norIfSomebodyWhomTheEngineAsksGivesNone() {
    begin();
    awaitInFlight();
    when(engine.notReached()).thenReturn(List.of("point gives no answer."));

    TransactionPage page =
        transactionsAfter(OVERDUE.plusSeconds(1)).list(of(Show.IN_DOUBT, user), null, 10);
    assertThat(page.notReached()).containsExactly("point gives no answer.");
    assertThat(page.transactions()).hasSize(1);
  }

  @Test
  void aRecordedPaymentIsNotOverBeforeTheEngineHasFinished() {
    UUID id = completed("key");
    engineKnows(new TransactionKey(id, "xid"), TransactionState.COMPLETING, Decision.COMPLETE);

    TransactionSummary found = transactions().find(id.toString()).transaction();
    assertThat(found.state()).isEqualTo(TransactionState.COMPLETING);
    assertThat(found.outcome()).isEqualTo("completed");
    assertThat(found.endedAt()).isNull();
    assertThat(found.xid()).isEqualTo("xid");
    assertThat(ids(of(Show.IN_DOUBT, user))).containsExactly(id);
    assertThat(ids(of(Show.ALL, user))).containsExactly(id);
  }

  @Test
  void whatOnlyTheEngineKnowsIsListedAndStuckIfItIsOverdue() {
    String xid = "xid of " + payment;
    engineKnows(new TransactionKey(null, xid), TransactionState.UNKNOWN, Decision.UNKNOWN);

    List<TransactionSummary> found =
        transactionsAfter(OVERDUE.plusSeconds(1))
            .list(filter(Show.ALL, null, null, null, xid, null, null, null), null, 10)
            .transactions();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).payment()).isNull();
    assertThat(found.get(0).stuck()).isTrue();
  }

  @Test
  void aPaymentThatStaysRequestedIsStuck() {
    participant.request(command("key"));

    assertThat(ids(of(Show.IN_FLIGHT, user))).hasSize(1);
    assertThat(
            transactionsAfter(OVERDUE.plusSeconds(1))
                .list(of(Show.IN_DOUBT, user), null, 10)
                .transactions())
        .extracting(TransactionSummary::stuck)
        .containsExactly(true);
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> transactions().find(payment.toString()))
        .returns(Reason.UNKNOWN_TRANSACTION, Refusal::reason);
  }

  @Test
  void outcomesAreCountedAlsoIfTheyBecomeVisibleLate() {
    var outcomes = new RecentOutcomes(record, steps());
    long before = outcomes.counts().getOrDefault("completed", 0L);

    UUID late = completed("late");
    jdbc.sql("UPDATE payment SET finished_at = finished_at - interval '3 seconds' WHERE id = :id")
        .param("id", late)
        .update();
    completed("key");
    failed(Reason.INSUFFICIENT_POINTS, "another");

    assertThat(outcomes.counts()).containsEntry("completed", before + 2);
    assertThat(outcomes.counts()).containsKey("refused insufficient-points");
    assertThat(outcomes.perSecond()).isPositive();
  }

  /** A second later each time it is asked, so that nothing is taken for counted just now. */
  private static Clock steps() {
    Clock clock = mock();
    Instant begin = Instant.now();
    var asked = new AtomicInteger();
    when(clock.instant()).thenAnswer(call -> begin.plusSeconds(asked.getAndIncrement()));
    return clock;
  }

  @Test
  void aSystemWithoutAnEngineIsListedAndSteersNothing() {
    UUID id = completed("key");
    var without =
        new Transactions(
            record,
            protocol,
            new StaticListableBeanFactory().getBeanProvider(TransactionEngine.class),
            table,
            Clock.systemUTC());

    TransactionDetail detail = without.find(id.toString());
    assertThat(detail.protocol()).isEqualTo("testing");
    assertThat(detail.engine()).isNull();
    assertThat(detail.decision()).isEqualTo(Decision.COMPLETE);
    assertThat(detail.possible()).hasSize(Steering.values().length);
    assertThat(detail.possible().values()).allMatch(Effect::isRefused);
  }

  private void begin() {
    log.changed(
        payment,
        null,
        null,
        TransactionState.WORKING,
        "user %s pays reservation %s with key key".formatted(user, reservation));
  }

  private TransactionSummary awaitInFlight() {
    TransactionFilter wanted = filter(Show.IN_FLIGHT, null, payment, null, null, null, null, null);
    return await()
        .until(() -> transactions().list(wanted, null, 10).transactions(), one -> !one.isEmpty())
        .get(0);
  }

  private void engineKnows(TransactionKey key, TransactionState state, Decision decision) {
    var view = new EngineView(key, state, decision, Instant.now(), null, 0, null, false, List.of());
    when(engine.unfinished(anyInt())).thenReturn(List.of(view));
    when(engine.find(any())).thenReturn(Optional.of(view));
  }

  private UUID completed(String key) {
    PaymentCommand command = command(key);
    participant.request(command);
    participant.complete(command.paymentId());
    return command.paymentId();
  }

  private UUID failed(Reason reason, String key) {
    PaymentCommand command = command(key);
    return payments
        .addFailed(command.paymentId(), command.order(), null, new Refusal(reason, "No."))
        .orElseThrow()
        .id();
  }

  private PaymentCommand command(String key) {
    return new PaymentCommand(UUID.randomUUID(), key, user, UUID.randomUUID(), 100);
  }

  private List<UUID> ids(TransactionFilter filter) {
    return transactions().list(filter, null, 10).transactions().stream()
        .map(TransactionSummary::payment)
        .toList();
  }

  private static TransactionFilter of(Show show, UUID user) {
    return filter(show, user, null, null, null, null, null, null);
  }

  private static TransactionFilter filter(
      Show show,
      UUID user,
      UUID payment,
      UUID reservation,
      String xid,
      String key,
      Instant from,
      Instant to) {
    return new TransactionFilter(show, user, payment, reservation, xid, key, from, to);
  }
}

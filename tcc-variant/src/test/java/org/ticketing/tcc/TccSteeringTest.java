package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.apache.seata.tm.TransactionManagerHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.ServiceUnreachable;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.tcc.BranchApi.Ended;
import org.ticketing.tcc.BranchApi.Ending;
import org.ticketing.tcc.BranchApi.Kept;
import org.ticketing.tcc.BranchApi.Release;
import org.ticketing.tcc.BranchApi.Suspension;
import org.ticketing.tcc.FenceRow.State;

/** What operators see and can do. Participants and Seata's server are mocks. */
class TccSteeringTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LONG_AGO = NOW.minusSeconds(60);
  private static final String XID = "127.0.0.1:8091:1";
  private static final UUID PAYMENT = UUID.randomUUID();
  private static final TransactionKey KEY = new TransactionKey(PAYMENT, XID);

  private final TransactionManager server = mock();
  private final BranchApi payment = mock();
  private final BranchApi point = mock();
  private final BranchApi reservation = mock();
  private final PaymentParticipant payments = mock();
  private final OpenBranches branches = mock();
  private final ForgottenPayments forgottenPayments = mock();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final UnderWay underWay = new UnderWay(clock);
  private final TccEngine engine = engine();

  private TccEngine engine() {
    var participants =
        new Participants(Map.of("payment", payment, "point", point, "reservation", reservation));
    var transactions = new TccTransactions(participants, payments, underWay, clock);
    return new TccEngine(
        transactions,
        new TccSteering(transactions, participants, branches, forgottenPayments),
        new CoordinatorSettings(Duration.ofSeconds(24)),
        clock);
  }

  @BeforeEach
  void nothingIsKeptByAnybody() {
    TransactionManagerHolder.set(server);
    for (BranchApi participant : List.of(payment, point, reservation)) {
      when(participant.kept(any(), any())).thenReturn(new Kept(List.of(), false));
      when(participant.open(anyInt())).thenReturn(List.of());
      when(participant.end(any())).thenReturn(new Ended(List.of(), List.of()));
      when(participant.release(any())).thenReturn(new Ended(List.of(), List.of()));
    }
  }

  @Test
  void whatIsNotDecidedIsCancelledByTheServerAndNeverCompleted() throws Exception {
    theServerAnswers(GlobalStatus.Begin);
    keeps(payment, row("payment", State.TRIED, LONG_AGO));
    when(server.rollback(XID)).thenReturn(GlobalStatus.Rollbacked);

    assertThat(engine.preview(Steering.COMPLETE, KEY).refusal()).contains("Only who has begun it");
    assertThat(engine.preview(Steering.RETRY, KEY).isRefused()).isTrue();
    assertThat(engine.preview(Steering.RELEASE, KEY).isRefused()).isTrue();
    assertThat(engine.preview(Steering.UNDO, KEY).steps())
        .containsExactly(
            "ask Seata's server to cancel the transaction", "cancel the branch of payment");
    verify(server, never()).rollback(any());

    assertThat(engine.perform(Steering.UNDO, KEY).finished()).isTrue();
    verify(server).rollback(XID);
  }

  @Test
  void aCancellationThatComesAfterTheDecisionIsRefused() throws Exception {
    theServerAnswers(GlobalStatus.Begin);
    keeps(payment, row("payment", State.TRIED, LONG_AGO));
    when(server.rollback(XID)).thenReturn(GlobalStatus.Committing);

    assertThat(engine.perform(Steering.UNDO, KEY).refusal()).contains("decided meanwhile");
  }

  @Test
  void whatIsDecidedIsDoneNowAndNothingElse() throws Exception {
    theServerAnswers(GlobalStatus.CommitRetrying);
    keeps(payment, row("payment", State.COMMITTED, LONG_AGO));
    keeps(point, row("point", State.TRIED, LONG_AGO));
    when(point.end(new Ending(XID, true)))
        .thenReturn(new Ended(List.of("confirmed the branch of point"), List.of()));

    assertThat(engine.preview(Steering.UNDO, KEY).refusal()).contains("the payment happens");
    assertThat(engine.preview(Steering.RETRY, KEY).steps())
        .containsExactly("confirm the branch of point");
    verify(point, never()).end(any());

    Effect effect = engine.perform(Steering.COMPLETE, KEY);

    assertThat(effect.steps()).containsExactly("confirmed the branch of point");
    assertThat(effect.finished()).isTrue();
    assertThat(effect.heuristic()).isFalse();
  }

  @Test
  void aCancellationThatIsDecidedIsNotCompleted() throws Exception {
    theServerAnswers(GlobalStatus.TimeoutRollbackRetrying);
    keeps(point, row("point", State.TRIED, LONG_AGO));

    assertThat(engine.preview(Steering.COMPLETE, KEY).isRefused()).isTrue();
    engine.perform(Steering.UNDO, KEY);

    verify(point).end(new Ending(XID, false));
  }

  @Test
  void whatAParticipantCouldNotDoIsSaid() throws Exception {
    theServerAnswers(GlobalStatus.CommitRetrying);
    keeps(reservation, row("reservation", State.TRIED, LONG_AGO));
    when(reservation.end(any())).thenReturn(new Ended(List.of(), List.of("the lock is taken")));
    isAway(point);

    Effect effect = engine.perform(Steering.RETRY, KEY);

    assertThat(effect.finished()).isFalse();
    assertThat(effect.steps())
        .containsExactly("failed: nobody is there", "failed: the lock is taken");
    assertThat(engine.find(KEY).orElseThrow().error()).isEqualTo("nobody is there");
  }

  @Test
  void aForgottenPaymentThatNobodyHasConfirmedCanOnlyBeUndone() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    keeps(payment, row("payment", State.TRIED, LONG_AGO));
    keeps(point, row("point", State.TRIED, LONG_AGO));
    var own = new Branch(XID, 1, "payment", PAYMENT, false);
    when(branches.of(XID)).thenReturn(Set.of(own));
    isRecorded(Status.REQUESTED);

    assertThat(engine.preview(Steering.COMPLETE, KEY).refusal()).contains("only be undone");
    assertThat(engine.preview(Steering.RELEASE, KEY).refusal()).contains("REQUESTED");
    verify(forgottenPayments, never()).decide(any());

    when(payments.find(PAYMENT))
        .thenReturn(Optional.of(recorded(Status.REQUESTED)))
        .thenReturn(Optional.of(recorded(Status.FAILED)));
    Effect effect = engine.perform(Steering.UNDO, KEY);

    verify(forgottenPayments).decide(own);
    verify(point).end(new Ending(XID, false));
    assertThat(effect.steps()).contains("the payment is recorded as FAILED");
    assertThat(effect.finished()).isTrue();
  }

  @Test
  void aForgottenPaymentThatAnotherHasConfirmedCanOnlyBeCompleted() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    keeps(payment, row("payment", State.TRIED, LONG_AGO));
    keeps(reservation, row("reservation", State.COMMITTED, LONG_AGO));
    var own = new Branch(XID, 1, "payment", PAYMENT, false);
    when(branches.of(XID)).thenReturn(Set.of(own));
    isRecorded(Status.REQUESTED);

    assertThat(engine.preview(Steering.UNDO, KEY).isRefused()).isTrue();
    when(payments.find(PAYMENT))
        .thenReturn(Optional.of(recorded(Status.REQUESTED)))
        .thenReturn(Optional.of(recorded(Status.COMPLETED)));
    engine.perform(Steering.COMPLETE, KEY);

    verify(forgottenPayments).decide(own);
    verify(point).end(new Ending(XID, true));
  }

  @Test
  void aForgottenPaymentThatAnotherMayHaveConfirmedIsNotDecided() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    keeps(payment, row("payment", State.TRIED, LONG_AGO));
    isAway(point);
    isRecorded(Status.REQUESTED);

    for (Steering order : List.of(Steering.COMPLETE, Steering.UNDO, Steering.RETRY)) {
      assertThat(engine.perform(order, KEY).refusal()).contains("nobody is there");
    }
    verify(forgottenPayments, never()).decide(any());
  }

  @Test
  void whatTheRecordSaysIsNotActedAgainst() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    keeps(point, row("point", State.ORPHANED, LONG_AGO));
    isRecorded(Status.COMPLETED);

    assertThat(engine.preview(Steering.UNDO, KEY).isRefused()).isTrue();
    assertThat(engine.preview(Steering.RELEASE, KEY).isRefused()).isTrue();
    engine.perform(Steering.RETRY, KEY);

    verify(point).end(new Ending(XID, true));
  }

  @Test
  void aReservationThatEverybodyHasForgottenIsReleased() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    keeps(point, row("point", State.TRIED, LONG_AGO));

    assertThat(engine.preview(Steering.COMPLETE, KEY).isRefused()).isTrue();
    assertThat(engine.preview(Steering.RETRY, KEY).isRefused()).isTrue();
    assertThat(engine.preview(Steering.UNDO, KEY).heuristic()).isTrue();
    Effect preview = engine.preview(Steering.RELEASE, KEY);
    assertThat(preview.heuristic()).isFalse();
    assertThat(preview.steps()).containsExactly("cancel the branch of point");
    verify(point, never()).release(any());

    assertThat(engine.perform(Steering.RELEASE, KEY).finished()).isTrue();

    verify(point).release(new Release(XID, PAYMENT));
  }

  @Test
  void pointsThatAreReservedWithoutAnyBranchAreReleasedByTheOperatorsDecision() {
    when(point.kept(null, PAYMENT)).thenReturn(new Kept(List.of(), true));
    var key = new TransactionKey(PAYMENT, null);

    assertThat(engine.preview(Steering.UNDO, key).isRefused()).isTrue();
    assertThat(engine.preview(Steering.RELEASE, key).heuristic()).isTrue();
    assertThat(engine.preview(Steering.RELEASE, key).steps())
        .containsExactly("give back what point keeps");
    assertThat(engine.perform(Steering.RELEASE, key).finished()).isTrue();

    verify(point).release(new Release(null, PAYMENT));
  }

  @Test
  void whileTheServerIsAwayNothingIsDone() throws Exception {
    when(server.getStatus(XID)).thenThrow(new TransactionException("no answer"));
    keeps(point, row("point", State.TRIED, LONG_AGO));

    for (Steering order :
        List.of(Steering.COMPLETE, Steering.UNDO, Steering.RETRY, Steering.RELEASE)) {
      assertThat(engine.preview(order, KEY).refusal()).contains("gives no answer");
      assertThatThrownBy(() -> engine.perform(order, KEY)).isInstanceOf(ServiceUnavailable.class);
    }
    verify(point, never()).end(any());
    verify(point, never()).release(any());
  }

  @Test
  void recoveryIsStoppedAndStartedAtAllParticipants() throws Exception {
    theServerAnswers(GlobalStatus.RollbackRetrying);
    keeps(point, row("point", State.TRIED, LONG_AGO));

    assertThat(engine.preview(Steering.SUSPEND, KEY).steps())
        .contains("stop the recovery of the branch of point")
        .last()
        .asString()
        .contains("goes on with it all the same");
    assertThat(engine.perform(Steering.SUSPEND, KEY).finished()).isTrue();
    assertThat(engine.perform(Steering.RESUME, KEY).finished()).isTrue();

    for (BranchApi participant : List.of(payment, point, reservation)) {
      verify(participant).suspend(new Suspension(XID, true));
      verify(participant).suspend(new Suspension(XID, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyKnowsIsRefused(Steering any) {
    assertThat(engine.preview(any, KEY).isRefused()).isTrue();
    assertThat(engine.perform(any, KEY).isRefused()).isTrue();
    assertThat(engine.find(KEY)).isEmpty();
  }

  @Test
  void aBranchThatIsLeftAnywhereMakesATransactionUnfinished() throws Exception {
    theServerAnswers(GlobalStatus.CommitRetrying);
    when(point.open(anyInt())).thenReturn(List.of(row("point", State.TRIED, LONG_AGO)));
    isAway(reservation);

    EngineView view = engine.unfinished(10).get(0);

    assertThat(view.transaction()).isEqualTo(KEY);
    assertThat(view.state()).isEqualTo(TransactionState.COMPLETING);
    assertThat(view.since()).isEqualTo(LONG_AGO);
    assertThat(view.next())
        .singleElement()
        .satisfies(next -> assertThat(next.at()).isEqualTo(NOW.plusSeconds(1)));
    assertThat(engine.notReached()).containsExactly("nobody is there");
  }

  @Test
  void theServerIsAskedForATransactionOnceASecond() throws Exception {
    theServerAnswers(GlobalStatus.Begin);
    when(payment.open(anyInt())).thenReturn(List.of(row("payment", State.TRIED, NOW)));

    engine.unfinished(10);
    engine.unfinished(10);

    verify(server, times(1)).getStatus(XID);
  }

  @Test
  void aServerThatIsAwayIsAskedForOneTransactionAlone() throws Exception {
    when(server.getStatus(any())).thenThrow(new TransactionException("no answer"));
    when(payment.open(anyInt()))
        .thenReturn(
            List.of(
                row("payment", State.TRIED, LONG_AGO),
                new FenceRow(
                    "another", "payment", UUID.randomUUID(), State.TRIED, NOW, NOW, false)));

    assertThat(engine.unfinished(10))
        .extracting(EngineView::state)
        .containsExactly(TransactionState.UNKNOWN, TransactionState.UNKNOWN);
    verify(server, times(1)).getStatus(any());
  }

  @Test
  void aTransactionThatHasJustEndedIsNotForgotten() throws Exception {
    theServerAnswers(GlobalStatus.Finished);
    when(payment.open(anyInt()))
        .thenReturn(List.of(row("payment", State.TRIED, NOW.minusSeconds(1))));

    assertThat(engine.unfinished(10)).isEmpty();
  }

  @Test
  void whatThisProcessHasLeftToTheServerIsUnfinishedUntilTheServerHasForgottenIt()
      throws Exception {
    theServerAnswers(GlobalStatus.CommitRetrying);
    underWay.begun(XID, PAYMENT);
    underWay.ended(XID, false);

    assertThat(engine.unfinished(10)).extracting(EngineView::transaction).containsExactly(KEY);

    underWay.begun("over", UUID.randomUUID());
    underWay.ended("over", true);
    assertThat(underWay.all()).containsOnlyKeys(XID);
  }

  private void theServerAnswers(GlobalStatus status) throws TransactionException {
    when(server.getStatus(XID)).thenReturn(status);
  }

  private static void keeps(BranchApi participant, FenceRow row) {
    when(participant.kept(any(), any())).thenReturn(new Kept(List.of(row), false));
  }

  private static void isAway(BranchApi participant) {
    var away = new ServiceUnreachable("nobody is there", null);
    when(participant.kept(any(), any())).thenThrow(away);
    when(participant.open(anyInt())).thenThrow(away);
    when(participant.end(any())).thenThrow(away);
  }

  private void isRecorded(Status status) {
    when(payments.find(PAYMENT)).thenReturn(Optional.of(recorded(status)));
  }

  private static PaymentView recorded(Status status) {
    return new PaymentView(
        PAYMENT, UUID.randomUUID(), UUID.randomUUID(), 100L, status, null, Instant.EPOCH, null);
  }

  private static FenceRow row(String action, State state, Instant at) {
    return new FenceRow(XID, action, PAYMENT, state, at, at, false);
  }
}

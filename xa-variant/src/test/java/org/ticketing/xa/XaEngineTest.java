package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ticketing.platform.Phases.UNOBSERVED;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.EngineView.Next;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** What operators see of XA, and what they can do about it. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class XaEngineTest {

  private static final String T = "the-transaction";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final UUID OPERATOR = UUID.randomUUID();

  private static CoordinatorDatabase database;

  @TempDir private Path logDirectory;

  private final ScriptedParticipant red = new ScriptedParticipant();
  private final ScriptedParticipant green = new ScriptedParticipant();
  private final Participants participants = new Participants(Map.of("red", red, "green", green));
  private final WrittenLog log = new WrittenLog();
  private final UnderWay underWay = new UnderWay();
  private final Claims claims = new Claims(database.xa());
  private final Suspensions suspensions = new Suspensions(database.xa());
  private final LeftBranches branches =
      new LeftBranches(database.xa(), participants, suspensions, log);
  private Claim own;
  private Claim other;
  private TakeOver takeOver;
  private XaEngine engine;

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("xa_engine");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws SQLException {
    String prefix = UUID.randomUUID().toString().substring(0, 8);
    CoordinatorSettings settings = settings(prefix + "-own", Log.OWN);
    own = claims.take(settings);
    other = claims.take(settings(prefix + "-other", Log.OWN));
    var recovery = new Recovery(own.id(), participants, underWay, suspensions, log);
    var decider =
        new Decider(database.xa(), claims, database.decisions(own, settings), underWay, settings);
    takeOver = new TakeOver(own, claims, branches, Duration.ZERO);
    engine =
        new XaEngine(
            settings,
            new Surveys(database.xa(), claims, branches, suspensions, recovery),
            recovery,
            new Forecast(settings, takeOver),
            new XaSteering(decider, branches, suspensions, log));
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(
                OPERATOR.toString(), null, List.of(new SimpleGrantedAuthority("ROLE_USER")))));
  }

  @AfterEach
  void stop() {
    own.close();
    other.close();
    SecurityContextHolder.clearContext();
    database.direct().query("DELETE FROM protocol.decision");
    database.direct().query("DELETE FROM protocol.suspension");
  }

  @Test
  void undecidedBranchOfThisProcessIsRolledBack() {
    prepare(red, own.id());

    assertThat(view().state()).isEqualTo(TransactionState.UNDOING);
    assertThat(view().decision()).isEqualTo(Decision.UNDO);
    assertThat(view().owner()).startsWith(own.id().toString());
    assertThat(view().next()).extracting(Next::what).first().asString().contains("branches of red");
    assertThat(engine.preview(Steering.UNDO, key()).steps())
        .containsExactly("record the decision to roll back", "roll back the branch of red");
    assertThat(red.messages).isEmpty();

    Effect effect = engine.perform(Steering.UNDO, key());

    assertThat(effect.steps()).containsExactly("rolled back the branch of red");
    assertThat(effect.finished()).isTrue();
    assertThat(effect.heuristic()).isFalse();
    assertThat(red.messages).containsExactly("rollback");
    assertThat(log.changes()).containsExactly("UNDOING > UNDONE: by an operator");
    // Nor can it be committed any more.
    assertThatThrownBy(() -> decide(own)).isInstanceOf(SQLException.class);
    assertThat(view().state()).isEqualTo(TransactionState.UNDONE);
  }

  @Test
  void undecidedTransactionIsNotCommitted() {
    prepare(red, own.id());

    assertThat(engine.preview(Steering.COMPLETE, key()).refusal()).contains("presumed abort");
    assertThat(engine.perform(Steering.COMPLETE, key()).refusal()).contains("presumed abort");

    assertThat(red.messages).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRY", "COMPLETE"})
  void decisionToCommitIsTold(Steering steering) throws SQLException {
    prepare(red, own.id());
    prepare(green, own.id());
    decide(own);

    assertThat(view().state()).isEqualTo(TransactionState.COMPLETING);
    assertThat(view().decision()).isEqualTo(Decision.COMPLETE);
    Effect effect = engine.perform(steering, key());

    assertThat(effect.isRefused()).isFalse();
    assertThat(effect.finished()).isTrue();
    assertThat(red.messages).containsExactly("commit");
    assertThat(green.messages).containsExactly("commit");
    assertThat(log.changes()).containsExactly("COMPLETING > COMPLETED: by an operator");
  }

  @Test
  void nobodyActsAgainstADecisionToCommit() throws SQLException {
    prepare(red, own.id());
    decide(own);

    String refusal = engine.perform(Steering.UNDO, key()).refusal();

    assertThat(refusal).startsWith("The payment's database has the decision to commit it since 2");
    assertThat(engine.preview(Steering.UNDO, key()).refusal()).isEqualTo(refusal);
    assertThat(red.messages).isEmpty();
  }

  @Test
  void whatIsDecidedIsToldAlsoForACoordinatorThatRunsElsewhere() throws SQLException {
    prepare(red, other.id());
    decide(other);

    assertThat(engine.perform(Steering.RETRY, key()).finished()).isTrue();

    assertThat(red.messages).containsExactly("commit");
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRY", "COMPLETE", "UNDO"})
  void whatACoordinatorThatRunsElsewhereHasNotDecidedIsLeftToIt(Steering steering) {
    prepare(red, other.id());

    assertThat(view().state()).isEqualTo(TransactionState.PREPARING);
    assertThat(view().decision()).isEqualTo(Decision.NONE);
    assertThat(view().owner()).isEqualTo(other.id() + ", runs");
    assertThat(engine.perform(steering, key()).refusal())
        .contains(other.id() + " runs in another process");

    assertThat(red.messages).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRY", "UNDO"})
  void whatAnAbsentCoordinatorHasNotDecidedIsRolledBackUnderItsClaim(Steering steering) {
    prepare(red, other.id());
    other.close();

    assertThat(view().decision()).isEqualTo(Decision.UNDO);
    assertThat(view().owner()).isEqualTo(other.id() + ", does not run");
    assertThat(engine.perform(steering, key()).finished()).isTrue();

    assertThat(red.messages).containsExactly("rollback");
    assertThatThrownBy(() -> decide(other)).isInstanceOf(SQLException.class);
  }

  @Test
  void whenAnAbsentCoordinatorIsTakenOverIsShown() {
    prepare(red, other.id());
    other.close();
    suspend();
    takeOver.look();
    engine.perform(Steering.RESUME, key());

    assertThat(view().next())
        .singleElement()
        .satisfies(
            next -> {
              assertThat(next.what())
                  .isEqualTo(
                      "another coordinator takes over from %s and rolls back the branches of red"
                          .formatted(other.id()));
              assertThat(next.at()).isBefore(Instant.now().plusSeconds(1));
            });
  }

  @Test
  void operatorDecidesWhereNobodyKnowsTheDecision(CapturedOutput output) {
    var stranger = CoordinatorId.create("stranger");
    prepare(red, stranger);
    prepare(green, stranger);

    assertThat(view().state()).isEqualTo(TransactionState.UNKNOWN);
    assertThat(view().decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(view().next()).isEmpty();
    assertThat(engine.perform(Steering.RETRY, key()).refusal()).contains("COMPLETE or UNDO");
    assertThat(List.of(Steering.COMPLETE, Steering.UNDO))
        .allSatisfy(
            either -> {
              Effect effect = engine.preview(either, key());
              assertThat(effect.heuristic()).isTrue();
              assertThat(effect.isRefused()).isFalse();
            });

    Effect effect = engine.perform(Steering.COMPLETE, key());

    assertThat(effect.heuristic()).isTrue();
    assertThat(effect.finished()).isTrue();
    assertThat(red.messages).containsExactly("commit");
    assertThat(green.messages).containsExactly("commit");
    assertThat(log.changes())
        .containsExactly("UNKNOWN > COMPLETED: heuristic, by user " + OPERATOR);
    assertThat(output).contains("Heuristic decision of user " + OPERATOR).contains("commit");
  }

  @Test
  void operatorMayAlsoDecideToRollBack() {
    prepare(red, CoordinatorId.create("stranger"));

    assertThat(engine.perform(Steering.UNDO, key()).finished()).isTrue();

    assertThat(red.messages).containsExactly("rollback");
    assertThat(engine.find(key())).isEmpty();
  }

  @Test
  void decisionInTheLogOfAtomikosOfAnotherProcessIsUnknownOnlyIfThatDoesNotRun()
      throws SQLException {
    Claim shipped = claims.take(settings("shipped", Log.ATOMIKOS));
    prepare(red, shipped.id());

    assertThat(view().decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(engine.perform(Steering.COMPLETE, key()).refusal())
        .contains("runs, and knows the decision");
    shipped.close();
    assertThat(engine.preview(Steering.COMPLETE, key()).heuristic()).isTrue();
    assertThat(red.messages).isEmpty();
  }

  @Test
  void suspendedTransactionIsLeftAloneUntilItIsResumed() {
    prepare(red, other.id());
    other.close();

    assertThat(engine.perform(Steering.SUSPEND, key()).finished()).isTrue();
    assertThat(engine.perform(Steering.SUSPEND, key()).finished()).isTrue();
    takeOver.look();

    assertThat(red.messages).isEmpty();
    assertThat(view().suspended()).isTrue();
    assertThat(view().next()).isEmpty();
    assertThat(engine.perform(Steering.RETRY, key()).refusal()).contains("resume it first");

    assertThat(engine.perform(Steering.RESUME, key()).finished()).isTrue();
    assertThat(engine.perform(Steering.RESUME, key()).finished()).isTrue();
    takeOver.look();

    assertThat(red.messages).containsExactly("rollback");
    assertThat(log.changes()).containsExactly("UNDOING > UNDONE: recovered");
  }

  @Test
  void transactionIsResumedThatAnotherProcessHasSuspendedJustNow() throws SQLException {
    prepare(red, other.id());
    other.close();
    assertThat(view().suspended()).isFalse();
    new Suspensions(database.xa()).add(T);

    assertThat(engine.perform(Steering.RESUME, key()).finished()).isTrue();

    assertThat(database.direct().query("SELECT transaction FROM protocol.suspension")).isEmpty();
  }

  @Test
  void decisionOfAnAbsentCoordinatorIsKeptWhileItsTransactionIsSuspended() throws SQLException {
    prepare(red, other.id());
    decide(other);
    other.close();
    suspend();

    takeOver.look();

    assertThat(red.messages).isEmpty();
    assertThat(committed()).containsExactly(T);
    engine.perform(Steering.RESUME, key());
    takeOver.look();
    assertThat(red.messages).containsExactly("commit");
    assertThat(committed()).isEmpty();
    assertThat(log.changes()).containsExactly("COMPLETING > COMPLETED: recovered");
  }

  @Test
  void operatorMayEndASuspendedTransaction() {
    prepare(red, own.id());
    suspend();

    assertThat(engine.perform(Steering.UNDO, key()).finished()).isTrue();

    assertThat(database.direct().query("SELECT transaction FROM protocol.suspension")).isEmpty();
  }

  @Test
  void transactionOfAnotherDatabaseIsNotSuspendedBecauseNobodyHereRepeatsAnything() {
    prepare(red, CoordinatorId.create("stranger"));

    assertThat(engine.perform(Steering.SUSPEND, key()).refusal())
        .contains("are not in this database");
  }

  @Test
  void orderThatDoesNotReachAParticipantIsNotFinishedAndMayBeRepeated() {
    prepare(red, own.id());
    prepare(green, own.id());
    green.isDown = true;

    Effect first = engine.perform(Steering.UNDO, key());
    assertThat(first.finished()).isFalse();
    assertThat(first.steps())
        .containsExactly("rolled back the branch of red", "green was not reached: order it again");
    assertThat(view().error()).isEqualTo("not reached: green");
    assertThat(engine.notReached()).containsExactly("green has not told what it has prepared");

    green.isDown = false;
    Effect second = engine.perform(Steering.UNDO, key());
    assertThat(second.finished()).isTrue();
    assertThat(green.messages).containsExactly("rollback");
    assertThat(log.changes()).containsExactly("UNDOING > UNDONE: by an operator");
  }

  @Test
  void branchThatDoesNotEndIsLeftAndTheOrderMayBeRepeated() throws SQLException {
    prepare(red, own.id());
    decide(own);
    red.onCommit = () -> XAER_RMFAIL;

    Effect first = engine.perform(Steering.COMPLETE, key());
    assertThat(first.finished()).isFalse();
    assertThat(first.steps()).containsExactly("the branch of red is left: order it again");

    red.onCommit = () -> XA_OK;
    assertThat(engine.perform(Steering.COMPLETE, key()).finished()).isTrue();
  }

  @Test
  void transactionThatIsUnderWayIsUndoneByADecisionThatItsOwnCommitFindsInItsWay()
      throws Exception {
    UUID payment = UUID.randomUUID();
    enter(payment);

    EngineView view = engine.unfinished(10).get(0);
    assertThat(view.transaction()).isEqualTo(new TransactionKey(payment, T));
    assertThat(view.state()).isEqualTo(TransactionState.WORKING);
    assertThat(view.decision()).isEqualTo(Decision.NONE);
    assertThat(view.next()).extracting(Next::at).first().isNotNull();
    assertThat(engine.find(new TransactionKey(payment, null))).isPresent();
    assertThat(engine.perform(Steering.RETRY, key()).refusal()).contains("under way");
    assertThat(engine.perform(Steering.COMPLETE, key()).refusal()).contains("alone may decide");

    Effect effect = engine.perform(Steering.UNDO, key());

    assertThat(effect.isRefused()).isFalse();
    assertThat(effect.finished()).isFalse();
    assertThatThrownBy(() -> decide(own)).isInstanceOf(SQLException.class);
  }

  @Test
  void transactionThatIsBeingDecidedIsLeftAlone() throws Exception {
    enter(null);
    try (Connection deciding = database.pool().getConnection()) {
      deciding.setAutoCommit(false);
      decisions(own).record(T, deciding);

      assertThat(engine.perform(Steering.UNDO, key()).refusal())
          .contains("deciding at this moment");

      deciding.commit();
    }
    assertThat(engine.perform(Steering.UNDO, key()).refusal()).contains("the decision to commit");
  }

  @Test
  void transactionIsFoundByOneOfItsBranches() {
    BranchXid branch = prepare(red, own.id());
    UUID payment = UUID.randomUUID();

    assertThat(engine.find(new TransactionKey(payment, branch.toString())))
        .map(EngineView::transaction)
        .hasValue(new TransactionKey(payment, T));
    assertThat(engine.unfinished(10)).extracting(EngineView::transaction).containsExactly(key());
  }

  @Test
  void transactionsAreListedFromTheOldestOn() {
    BranchXid late = prepare(red, own.id(), own.id().prefix() + "170000000000000002");
    BranchXid early = prepare(green, own.id(), own.id().prefix() + "160000000000000001");

    assertThat(engine.unfinished(10))
        .extracting(view -> view.transaction().xid())
        .containsExactly(early.transaction(), late.transaction());
    assertThat(engine.unfinished(1)).singleElement().satisfies(XaEngineTest::hasBegunIn2020);
  }

  private static void hasBegunIn2020(EngineView view) {
    assertThat(view.since()).isEqualTo(Instant.ofEpochMilli(1_600_000_000_000L));
  }

  @Test
  void transactionThatIsUnderWayInAnotherSystemIsNotListed() {
    var stranger = CoordinatorId.create("stranger");
    prepare(red, stranger, stranger.prefix() + Instant.now().toEpochMilli() + "00001");

    assertThat(engine.unfinished(10)).isEmpty();
  }

  @Test
  void decisionThatWasToldToAllIsNotListedAndIsWhileAParticipantIsNotReached() throws SQLException {
    decide(other);
    other.close();
    assertThat(engine.unfinished(10)).isEmpty();

    green.isDown = true;
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(engine.unfinished(10))
                    .extracting(EngineView::state)
                    .containsExactly(TransactionState.COMPLETING));
    assertThat(engine.find(key())).map(EngineView::state).hasValue(TransactionState.COMPLETING);
    green.isDown = false;
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(engine.find(key()))
                    .map(EngineView::state)
                    .hasValue(TransactionState.COMPLETED));
  }

  @Test
  void nothingIsReleased() {
    prepare(red, own.id());

    assertThat(engine.perform(Steering.RELEASE, key()).refusal()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"RESUME", "RELEASE"},
      mode = EnumSource.Mode.EXCLUDE)
  void nothingIsDoneAboutATransactionOfWhichNothingIsKnown(Steering steering) {
    assertThat(engine.perform(steering, key()).refusal()).contains("nothing to do");
    assertThat(engine.perform(steering, new TransactionKey(UUID.randomUUID(), null)).refusal())
        .contains("No transaction of this payment");
  }

  private static TransactionKey key() {
    return new TransactionKey(null, T);
  }

  private EngineView view() {
    return engine.find(key()).orElseThrow();
  }

  private void suspend() {
    assertThat(engine.perform(Steering.SUSPEND, key()).isRefused()).isFalse();
  }

  /** The transaction does its work in this process. */
  private void enter(UUID payment) {
    var progress = new Progress(payment, log);
    var resource = new ParticipantResource("red", red, UNOBSERVED, progress);
    resource.start(branch(own.id(), T), TMNOFLAGS);
    underWay.enter(resource, progress);
  }

  private static BranchXid prepare(ScriptedParticipant participant, CoordinatorId owner) {
    return prepare(participant, owner, T);
  }

  private static BranchXid prepare(
      ScriptedParticipant participant, CoordinatorId owner, String transaction) {
    BranchXid branch = branch(owner, transaction);
    participant.prepared.add(branch.toString());
    return branch;
  }

  private static BranchXid branch(CoordinatorId owner, String transaction) {
    return new BranchXid(1, hex(transaction), hex(owner.prefix() + 1));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  private static void decide(Claim claim) throws SQLException {
    try (Connection connection = database.pool().getConnection()) {
      decisions(claim).record(T, connection);
    }
  }

  private static DecisionTable decisions(Claim claim) {
    return new DecisionTable(database.xa(), claim, Duration.ofSeconds(18));
  }

  private static List<String> committed() {
    return database.direct().query("SELECT transaction FROM protocol.decision WHERE committed");
  }

  private CoordinatorSettings settings(String name, Log log) {
    return new CoordinatorSettings(
        name,
        logDirectory,
        Duration.ofSeconds(18),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        1,
        log,
        Phases.PARALLEL);
  }
}

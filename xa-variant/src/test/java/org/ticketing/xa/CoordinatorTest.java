package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ticketing.platform.Phases.UNOBSERVED;

import com.atomikos.icatch.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** Atomikos as this system sets it up, with participants that answer as a test tells them. */
@Timeout(60)
class CoordinatorTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final InstanceAddress INSTANCE =
      new InstanceAddress(URI.create("http://10.232.0.5:8080"));

  private final ScriptedParticipant red = new ScriptedParticipant();
  private final ScriptedParticipant green = new ScriptedParticipant();
  private final ScriptedParticipant blue = new ScriptedParticipant();

  private final WrittenLog transactionLog = new WrittenLog();

  @TempDir private Path log;
  private static CoordinatorDatabase database;
  private final String name = "coordinator-" + UUID.randomUUID().toString().substring(0, 8);
  private AtomicBoolean stopped;
  private Claim claim;
  private Recovery recovery;
  private Departure departure;
  private Consumer<UnderWay> atTheEnd = underWay -> {};
  private Coordinator coordinator;
  private GlobalTransactions transactions;

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("coordinator");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() {
    start(name, Log.OWN, Phases.PARALLEL);
  }

  private void start(String name, Log ofDecisions, Phases phases) {
    var isStopped = new AtomicBoolean();
    stopped = isStopped;
    var participants =
        new Participants(
            Map.of(
                "red", new Reached(red, isStopped),
                "green", new Reached(green, isStopped),
                "blue", new Reached(blue, isStopped)));
    var settings =
        new CoordinatorSettings(
            name,
            log,
            TIMEOUT,
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            2,
            ofDecisions,
            phases);
    if (claim != null) {
      claim.close();
    }
    claim = database.claim(settings);
    DecisionTable decisions = database.decisions(claim, settings);
    LastResources own = database.lastResources(decisions);
    recovery = database.recovery(claim, participants, transactionLog);
    departure = new Departure(claim, own, decisions, database.leftBranches(participants));
    coordinator =
        new Coordinator(
            settings,
            recovery,
            ofDecisions == Log.OWN
                ? new DecisionLog(own, decisions, UNOBSERVED, recovery::committed)
                : null,
            underWay -> atTheEnd.accept(underWay));
    coordinator.start();
    transactions =
        new GlobalTransactions(coordinator, participants, own, UNOBSERVED, transactionLog);
  }

  @AfterEach
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void stop() {
    stopped.set(true);
    boolean withoutWaiting = true;
    Configuration.shutdown(withoutWaiting);
    claim.close();
  }

  @Test
  void bothPhasesReachTheParticipantsInParallel() {
    var phase = new CyclicBarrier(3);
    for (var participant : List.of(red, green, blue)) {
      participant.onPrepare = () -> arrivedTogether(phase);
      participant.onCommit = () -> arrivedTogether(phase);
    }

    run();

    assertThat(List.of(red, green, blue))
        .allSatisfy(it -> assertThat(it.messages).containsExactly("prepare", "commit"));
  }

  @Test
  void oneVoteForRollbackRollsAllBack() {
    green.onPrepare = () -> XA_RBROLLBACK;

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(red.messages).containsExactly("prepare", "rollback");
    assertThat(blue.messages).containsExactly("prepare", "rollback");
  }

  @Test
  void errorInAParticipantIsNoVote() {
    green.onPrepare =
        () -> {
          throw new OutOfMemoryError("for a test");
        };

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(red.messages).containsExactly("prepare", "rollback");
  }

  @Test
  void transactionWhoseWorkFailsPreparesNothing() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(List.of(red, green, blue))
        .allSatisfy(it -> assertThat(it.messages).containsExactly("rollback"));
  }

  @Test
  void transactionThatRanOutOfTimeIsRolledBack() {
    assertThatThrownBy(() -> run(() -> after(TIMEOUT.multipliedBy(2))))
        .isInstanceOf(ServiceUnavailable.class);

    assertThat(red.messages).doesNotContain("commit");
  }

  @Test
  void commitThatFailsOnceIsRepeated() {
    green.onCommit = new Once(XAER_RMFAIL);

    run();

    assertThat(green.messages).containsExactly("prepare", "commit", "commit");
  }

  @Test
  void commitSucceedsWhenAParticipantHasCommittedAlready() {
    green.onCommit = () -> XAER_NOTA;

    run();
  }

  @Test
  void outcomeIsUnknownWhileADecisionToCommitIsNotDelivered() {
    green.onCommit = () -> XAER_RMFAIL;

    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);

    green.onCommit = () -> XA_OK;
    await().atMost(SOON).until(() -> green.prepared.isEmpty());
    assertThat(green.messages).doesNotContain("rollback");
  }

  @Test
  void decisionToRollBackIsKnownEvenIfItIsNotDelivered() {
    red.onPrepare = () -> XA_RBROLLBACK;
    green.onRollback = () -> XAER_RMFAIL;

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    green.onRollback = () -> XA_OK;
    await().atMost(SOON).until(() -> green.prepared.isEmpty());
    assertThat(green.messages).doesNotContain("commit");
  }

  @Test
  void branchWithoutADecisionIsRolledBackWhileOtherParticipantsAreDown() {
    BranchXid left = branchOf(claim.id());
    red.isDown = true;
    green.isDown = true;

    blue.prepared.add(left.toString());

    await().atMost(SOON).until(() -> blue.prepared.isEmpty());
    assertThat(blue.messages).containsExactly("rollback");
  }

  @Test
  void branchesOfACoordinatorWhoseNameBeginsTheSameAreLeftAlone() {
    BranchXid mine = branchOf(claim.id());
    BranchXid others = branchOf(new CoordinatorId(name + "1", claim.id().identity()));
    red.prepared.add(others.toString());

    red.prepared.add(mine.toString());

    await().atMost(SOON).until(() -> !red.prepared.contains(mine.toString()));
    assertThat(red.prepared).containsExactly(others.toString());
  }

  /** Such as one in another environment, whose points are on the same server. */
  @Test
  void branchesOfACoordinatorOfTheSameNameWithAnotherDatabaseAreLeftAlone() {
    BranchXid mine = branchOf(claim.id());
    BranchXid others = branchOf(CoordinatorId.create(name));
    red.prepared.add(others.toString());

    red.prepared.add(mine.toString());

    await().atMost(SOON).until(() -> !red.prepared.contains(mine.toString()));
    assertThat(red.prepared).containsExactly(others.toString());
  }

  /**
   * Green votes late, so that recovery sees the prepared branch of red long before the decision to
   * commit. Red does not hear of the decision until it has been prepared for so long that recovery
   * would presume that there is none.
   */
  @Test
  void recoveryDoesNotRollBackWhatWasDecidedLate() {
    green.onPrepare = () -> after(TIMEOUT.multipliedBy(7).dividedBy(10));
    long begun = System.nanoTime();
    red.onCommit = () -> System.nanoTime() - begun < 3 * TIMEOUT.toNanos() ? XAER_RMFAIL : XA_OK;

    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);

    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    assertThat(red.messages).doesNotContain("rollback");
  }

  @Test
  void aRestartCommitsWhatWasDecided() {
    red.onCommit = () -> XAER_RMFAIL;

    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);
    stop();
    red.onCommit = () -> XA_OK;
    start();

    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    assertThat(red.messages).doesNotContain("rollback");
  }

  /**
   * Recovery has the lock of Atomikos's scan while it sends messages. The shutdown has that of the
   * list of transactions, and then waits for the scan.
   */
  @Test
  void coordinatorStopsWhileRecoveryRollsBackAndAParticipantIsSlow() {
    var slow = new CountDownLatch(1);
    red.onRollback = () -> after(slow);
    red.prepared.add(branchOf(claim.id()).toString());
    red.prepared.add(branchOf(claim.id(), 2).toString());
    await().atMost(SOON).until(() -> red.messages.contains("rollback"));

    Thread stopping = inBackground(coordinator::stop);
    await().atMost(SOON).until(CoordinatorTest::isShutdownWaitingForRecovery);
    slow.countDown();

    await().atMost(SOON).until(() -> !stopping.isAlive());
    assertThat(red.messages).containsExactly("rollback");
    start();
    await().atMost(SOON).until(() -> red.prepared.isEmpty());
  }

  @Test
  void coordinatorStopsThoughAParticipantNeverAnswersRecovery() {
    var never = new CountDownLatch(1);
    red.onRollback = () -> after(never);
    red.prepared.add(branchOf(claim.id()).toString());
    await().atMost(SOON).until(() -> red.messages.contains("rollback"));

    Thread stopping = inBackground(coordinator::stop);

    await().atMost(SOON).until(() -> !stopping.isAlive());
    never.countDown();
  }

  @Test
  void coordinatorThatStopsAmidACommitLeavesItToARestart() {
    var never = new CountDownLatch(1);
    red.onCommit =
        () -> {
          after(never);
          return XAER_RMFAIL;
        };
    var committing = CompletableFuture.runAsync(this::run);
    await().atMost(SOON).until(() -> red.messages.contains("commit"));

    Thread stopping = inBackground(coordinator::stop);

    await().atMost(SOON).until(() -> !stopping.isAlive());
    assertThat(committing).isNotDone();
    never.countDown();
    assertThatThrownBy(committing::join).hasCauseInstanceOf(OutcomeUnknown.class);
    stop();
    red.onCommit = () -> XA_OK;
    start();
    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    assertThat(red.messages).doesNotContain("rollback");
  }

  @Test
  void coordinatorThatStopsEndsWhatIsPreparedThoughAParticipantIsSilent() {
    atTheEnd = departure::depart;
    var silent = new CountDownLatch(1);
    green.onPrepare = () -> after(silent);
    var paying = CompletableFuture.runAsync(this::run);
    await().atMost(SOON).until(() -> red.prepared.size() + blue.prepared.size() == 2);

    coordinator.stop();

    assertThat(List.of(red, blue))
        .allSatisfy(
            it -> {
              assertThat(it.prepared).isEmpty();
              assertThat(it.messages).doesNotContain("commit").contains("rollback");
            });
    // It hears of this when it can.
    assertThat(green.messages).containsExactly("prepare", "rollback");
    silent.countDown();
    await().atMost(SOON).until(paying::isCompletedExceptionally);
    assertThat(green.messages).doesNotContain("commit");
  }

  @Test
  void coordinatorThatStopsEndsWhatFormerProcessesHaveLeft() {
    red.onRollback = () -> XAER_RMFAIL;
    red.prepared.add(branchOf(claim.id()).toString());
    await().atMost(SOON).until(() -> red.messages.contains("rollback"));
    atTheEnd =
        underWay -> {
          // Recovery sends nothing any more.
          red.onRollback = () -> XA_OK;
          departure.depart(underWay);
        };

    coordinator.stop();

    assertThat(red.prepared).isEmpty();
  }

  @Test
  void messagesGoToTheInstanceThatHasTheBranch() {
    var called = new CopyOnWriteArrayList<Optional<InstanceAddress>>();
    red.onPrepare = () -> calledAt(called, XA_OK);
    red.onCommit = () -> calledAt(called, XA_OK);

    run(() -> resource("red").isAt(INSTANCE));

    assertThat(called).containsExactly(Optional.of(INSTANCE), Optional.of(INSTANCE));
  }

  @Test
  void messageIsRepeatedToAnyInstance() {
    var called = new CopyOnWriteArrayList<Optional<InstanceAddress>>();
    var failing = new Once(XAER_RMFAIL);
    red.onCommit = () -> calledAt(called, failing.getAsInt());

    run(() -> resource("red").isAt(INSTANCE));

    assertThat(called).containsExactly(Optional.of(INSTANCE), Optional.empty());
  }

  /** The instance that has the branch has died, or its answer to the work was lost. */
  @Test
  void nothingIsCommittedIfAnInstanceWithoutTheBranchIsAskedToPrepare() {
    red.onPrepare = () -> XAER_NOTA;

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(List.of(red, green, blue))
        .allSatisfy(it -> assertThat(it.messages).doesNotContain("commit").contains("rollback"));
  }

  @Test
  void workOfABranchGoesToTheInstanceThatHasStartedIt() {
    var interceptor = new EnlistingInterceptor("red");
    var called = new ArrayList<URI>();
    ClientHttpRequestExecution participant =
        (request, body) -> {
          called.add(request.getURI());
          var answer = new MockClientHttpResponse(new byte[0], HttpStatus.NO_CONTENT);
          answer.getHeaders().set(InstanceAddress.HEADER, INSTANCE.toString());
          return answer;
        };

    transactions.run(
        () -> {
          for (int i = 0; i < 2; i++) {
            try {
              interceptor.intercept(
                  new MockClientHttpRequest(
                      HttpMethod.POST, URI.create("http://red:8080/work?a=b")),
                  new byte[0],
                  participant);
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          }
        });

    assertThat(called)
        .containsExactly(
            URI.create("http://red:8080/work?a=b"), URI.create("http://10.232.0.5:8080/work?a=b"));
  }

  @Test
  void stepsAreWrittenToTheLogOfTransactions() {
    run();

    assertThat(transactionLog.changes())
        .containsExactly("WORKING > PREPARING", "PREPARING > COMPLETING: decided");
    assertThat(transactionLog.transactions()).singleElement().asString().contains(name);
  }

  @Test
  void logSaysWhoHasNotPrepared() {
    green.onPrepare =
        () -> {
          throw new ServiceUnavailable("nobody\nanswers");
        };

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(transactionLog.changes())
        .containsExactly(
            "WORKING > PREPARING", "PREPARING > UNDOING: green has not prepared: nobody answers");
  }

  @Test
  void logSaysWhyTheWorkHasFailed() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new IllegalStateException("no points");
                    }))
        .hasMessage("no points");

    assertThat(transactionLog.changes()).containsExactly("WORKING > UNDOING: no points");
  }

  @Test
  void logSaysWhatRecoveryHasCommitted() {
    green.onCommit = () -> XAER_RMFAIL;
    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);

    green.onCommit = () -> XA_OK;

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(transactionLog.changes())
                    .containsExactly(
                        "WORKING > PREPARING",
                        "PREPARING > COMPLETING: decided",
                        "COMPLETING > COMPLETED: recovered"));
  }

  @Test
  void logSaysWhatRecoveryHasRolledBackWhenNoBranchIsLeft() {
    red.onRollback = () -> XAER_RMFAIL;
    red.prepared.add(branchOf(claim.id(), 1).toString());
    green.prepared.add(branchOf(claim.id(), 2).toString());
    await().atMost(SOON).until(() -> green.prepared.isEmpty());
    await().atMost(SOON).until(() -> red.messages.size() > 1);
    assertThat(transactionLog.changes()).isEmpty();

    red.onRollback = () -> XA_OK;

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(transactionLog.changes())
                    .containsExactly("UNDOING > UNDONE: recovered"));
  }

  @Test
  void recoveryTellsWhatKeepsItFromEndingABranch() {
    red.onRollback = () -> XAER_RMFAIL;
    BranchXid branch = branchOf(claim.id());

    red.prepared.add(branch.toString());

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(recovery.failing(branch.transaction()))
                    .hasValueSatisfying(
                        failing -> {
                          assertThat(failing.times()).isGreaterThan(1);
                          assertThat(failing.error()).startsWith("red: return code");
                        }));
    red.onRollback = () -> XA_OK;
    await().atMost(SOON).until(() -> recovery.failing(branch.transaction()).isEmpty());
  }

  @Test
  void recoveryLeavesBranchesOfASuspendedTransactionAloneUntilItIsResumed() throws SQLException {
    var suspensions = new Suspensions(database.xa());
    BranchXid suspended = branchOf(claim.id());
    BranchXid other = branch("other", claim.id());
    suspensions.add(suspended.transaction());
    red.prepared.add(suspended.toString());
    red.prepared.add(other.toString());

    await().atMost(SOON).until(() -> !red.prepared.contains(other.toString()));
    assertThat(red.prepared).containsExactly(suspended.toString());
    assertThat(red.messages).containsExactly("rollback");

    suspensions.remove(suspended.transaction());
    await().atMost(SOON).until(() -> red.prepared.isEmpty());
  }

  @Test
  void decisionOnASuspendedTransactionIsKeptAndToldWhenItIsResumed() throws SQLException {
    var suspensions = new Suspensions(database.xa());
    red.onCommit = () -> XAER_RMFAIL;
    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);
    String branch = red.prepared.iterator().next();
    String decided = BranchXid.valueOf(branch).transaction();
    suspensions.add(decided);
    stop();
    red.onCommit = () -> XA_OK;
    start();

    BranchXid other = branch("other", claim.id());
    red.prepared.add(other.toString());
    await().atMost(SOON).until(() -> !red.prepared.contains(other.toString()));
    assertThat(red.prepared).containsExactly(branch);
    assertThat(committed()).contains(decided);

    suspensions.remove(decided);
    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    await().atMost(SOON).until(() -> !committed().contains(decided));
    assertThat(Collections.frequency(red.messages, "rollback")).isOne();
  }

  private static List<String> committed() {
    return database.direct().query("SELECT transaction FROM protocol.decision WHERE committed");
  }

  private static ParticipantResource resource(String participant) {
    return GlobalTransactions.current().orElseThrow().resource(participant);
  }

  private static int calledAt(List<Optional<InstanceAddress>> called, int code) {
    called.add(CalledInstance.get());
    return code;
  }

  @Test
  void asShippedParticipantsAreReachedOneAfterTheOther() {
    restartAsShipped();
    var threads = new CopyOnWriteArraySet<Thread>();
    for (var participant : List.of(red, green, blue)) {
      participant.onPrepare = () -> in(threads);
      participant.onCommit = () -> in(threads);
    }

    run();

    assertThat(List.of(red, green, blue))
        .allSatisfy(it -> assertThat(it.messages).containsExactly("prepare", "commit"));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void asShippedOneVoteForRollbackRollsAllBack() {
    restartAsShipped();
    blue.onPrepare = () -> XA_RBROLLBACK;

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(red.messages).doesNotContain("commit").contains("rollback");
    assertThat(green.messages).doesNotContain("commit").contains("rollback");
  }

  @Test
  void asShippedARestartCommitsWhatWasDecided() {
    restartAsShipped();
    red.onCommit = () -> XAER_RMFAIL;

    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);
    red.onCommit = () -> XA_OK;
    restartAsShipped();

    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    assertThat(red.messages).doesNotContain("rollback");
  }

  /** This is why the log is replaced. */
  @Test
  void asShippedADecisionThatTheDiskHasNoRoomForIsToldAndForgotten() {
    restartAsShipped();
    red.onCommit = () -> XAER_RMFAIL;

    try (var disk = FullDisk.with(0, log)) {
      assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);
    }
    stop();
    red.onCommit = () -> XA_OK;
    startAsShipped();

    await().atMost(SOON).until(() -> red.prepared.isEmpty());
    assertThat(red.messages).contains("rollback");
    assertThat(green.messages).containsExactly("prepare", "commit");
  }

  private void restartAsShipped() {
    stop();
    startAsShipped();
  }

  private void startAsShipped() {
    start(name + "-shipped", Log.ATOMIKOS, Phases.SEQUENTIAL);
  }

  /** Has all three participants do some work. */
  private void run() {
    run(() -> {});
  }

  private void run(Runnable more) {
    transactions.run(
        () -> {
          List.of("red", "green", "blue").forEach(CoordinatorTest::enlist);
          more.run();
        });
  }

  private static void enlist(String participant) {
    GlobalTransactions.current().orElseThrow().enlist(participant);
  }

  private static BranchXid branchOf(CoordinatorId owner) {
    return branchOf(owner, 1);
  }

  private static BranchXid branchOf(CoordinatorId owner, int number) {
    return branch("left-behind", owner.prefix() + number);
  }

  private static BranchXid branch(String transaction, CoordinatorId owner) {
    return branch(transaction, owner.prefix() + 1);
  }

  private static BranchXid branch(String transaction, String qualifier) {
    return new BranchXid(
        1,
        HexFormat.of().formatHex(transaction.getBytes(UTF_8)),
        HexFormat.of().formatHex(qualifier.getBytes(UTF_8)));
  }

  private static int in(Set<Thread> threads) {
    threads.add(Thread.currentThread());
    return XA_OK;
  }

  private static int arrivedTogether(CyclicBarrier phase) {
    try {
      phase.await(5, TimeUnit.SECONDS);
      return XA_OK;
    } catch (Exception alone) {
      return XAER_RMFAIL;
    }
  }

  private static Thread inBackground(Runnable work) {
    var thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static boolean isShutdownWaitingForRecovery() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getState() == Thread.State.BLOCKED)
        .flatMap(thread -> Stream.of(thread.getValue()).limit(1))
        .anyMatch(frame -> frame.getClassName().endsWith(".RecoveryDomainService"));
  }

  private static int after(CountDownLatch latch) {
    try {
      latch.await();
      return XA_OK;
    } catch (InterruptedException stopped) {
      return XAER_RMFAIL;
    }
  }

  private static int after(Duration delay) {
    long begun = System.nanoTime();
    await().atMost(SOON).until(() -> System.nanoTime() - begun > delay.toNanos());
    return XA_OK;
  }

  private static class Once implements IntSupplier {

    private int code;

    Once(int code) {
      this.code = code;
    }

    @Override
    public int getAsInt() {
      int answer = code;
      code = XA_OK;
      return answer;
    }
  }

  /**
   * A participant as one coordinator reaches it, until that stops. Atomikos repeats messages also
   * after it was shut down; a process would have ended.
   */
  private record Reached(BranchApi participant, AtomicBoolean stopped) implements BranchApi {

    @Override
    public int prepare(BranchXid branch) {
      return asks(() -> participant.prepare(branch));
    }

    @Override
    public int commit(BranchXid branch, boolean onePhase) {
      return asks(() -> participant.commit(branch, onePhase));
    }

    @Override
    public int rollback(BranchXid branch) {
      return asks(() -> participant.rollback(branch));
    }

    @Override
    public List<String> prepared() {
      return asks(participant::prepared);
    }

    private <T> T asks(Supplier<T> question) {
      if (stopped.get()) {
        throw new ServiceUnavailable("the coordinator has stopped");
      }
      return question.get();
    }
  }
}

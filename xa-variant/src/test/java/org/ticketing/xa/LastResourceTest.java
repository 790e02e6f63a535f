package org.ticketing.xa;

import static com.atomikos.recovery.TxState.COMMITTING;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ticketing.platform.Phases.UNOBSERVED;

import com.atomikos.icatch.config.Configuration;
import com.atomikos.recovery.LogReadException;
import com.atomikos.recovery.LogWriteException;
import com.atomikos.recovery.PendingTransactionRecord;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.platform.Observations;
import org.ticketing.platform.OutcomeUnknown;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** The coordinator's own database as last resource, on a real PostgreSQL. */
@Timeout(120)
class LastResourceTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final CoordinatorSettings SETTINGS = settings("last");

  private static final String HAS_RECORDED =
      "state = 'idle in transaction' AND query LIKE '%protocol.decision%'";

  private static CoordinatorDatabase database;

  private final ScriptedParticipant remote = new ScriptedParticipant();
  private final String work = UUID.randomUUID().toString();

  /** Of a coordinator that does not run, so that no recovery removes its decisions. */
  private final Claim idle = database.claim(settings("another"));

  private final DecisionTable decisions = database.decisions(idle, SETTINGS);

  private Claim claim;
  private GlobalTransactions transactions;

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("last_resource");
    database.direct().query("CREATE TABLE work (id text PRIMARY KEY)");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() {
    claim = database.claim(SETTINGS);
    DecisionTable ofRunning = database.decisions(claim, SETTINGS);
    LastResources own = database.lastResources(ofRunning);
    var participants =
        new Participants(Map.of(CoordinatorConfiguration.PAYMENT, own, "remote", remote));
    var coordinator =
        new Coordinator(
            SETTINGS,
            database.recovery(claim, participants, TransactionLog.NONE),
            new DecisionLog(own, ofRunning, UNOBSERVED, it -> {}),
            underWay -> {});
    coordinator.start();
    transactions =
        new GlobalTransactions(coordinator, participants, own, UNOBSERVED, TransactionLog.NONE);
  }

  @AfterEach
  void stop() {
    boolean withoutWaiting = true;
    Configuration.shutdown(withoutWaiting);
    claim.close();
    idle.close();
    database.direct().query("DELETE FROM protocol.decision");
    assertThat(database.pool().getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void workAndDecisionAreCommittedTogetherAndThenTold() {
    remote.onCommit =
        () -> {
          assertThat(isDone()).isTrue();
          assertThat(committed()).containsExactly("t");
          return XA_OK;
        };

    run();

    assertThat(remote.messages).containsExactly("prepare", "commit");
    await().atMost(SOON).until(() -> committed().isEmpty());
  }

  @Test
  void theOwnDatabaseAloneIsCommittedInOnePhase() {
    transactions.run(this::work);

    assertThat(isDone()).isTrue();
  }

  @Test
  void workThatWasRolledBackIsNotCommittedInOnePhase() {
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      work();
                      rollBackWork();
                    }))
        .isInstanceOf(ServiceUnavailable.class);

    assertThat(isDone()).isFalse();
  }

  @Test
  void oneVoteForRollbackLeavesNothing() {
    remote.onPrepare = () -> XA_RBROLLBACK;

    assertThatThrownBy(this::run).isInstanceOf(ServiceUnavailable.class);

    assertThat(isDone()).isFalse();
    assertThat(committed()).isEmpty();
  }

  @Test
  void workThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      work();
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(isDone()).isFalse();
  }

  @Test
  void decisionThatCannotBeRecordedIsNotTaken() {
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      enlistRemote();
                      work();
                      database.direct().endConnectionsWhere("query LIKE '%INTO work%'");
                    }))
        .isInstanceOf(ServiceUnavailable.class);

    assertThat(remote.messages).contains("rollback").doesNotContain("commit");
    assertThat(isDone()).isFalse();
  }

  /** The database rolls back; the coordinator cannot know this. */
  @Test
  void outcomeIsUnknownWhenTheConnectionBreaksBeforeTheCommit() {
    remote.onPrepare =
        () -> {
          await()
              .atMost(SOON)
              .until(() -> database.direct().endConnectionsWhere(HAS_RECORDED) == 1);
          return XA_OK;
        };

    assertThatThrownBy(this::run).isInstanceOf(OutcomeUnknown.class);

    assertThat(remote.messages).containsExactly("prepare");
    await().atMost(SOON).until(() -> remote.prepared.isEmpty());
    assertThat(remote.messages).containsExactly("prepare", "rollback");
    assertThat(isDone()).isFalse();
    assertThat(database.direct().query("SELECT committed FROM protocol.decision"))
        .containsExactly("f");
  }

  /** The database commits, and waits for a standby that there is none of; then it is cut off. */
  @Test
  void outcomeIsUnknownWhenTheAnswerToTheCommitIsLost() throws Exception {
    String waits = "wait_event = 'SyncRep'";
    CompletableFuture<Void> payment;
    waitForAStandby(true);
    try {
      payment = CompletableFuture.runAsync(this::run);
      await().atMost(SOON).until(() -> database.direct().count("pg_stat_activity", waits) == 1);
      assertThatThrownBy(() -> decisions.isCommitted(transaction()))
          .isInstanceOf(SQLException.class);
      assertThat(database.direct().endConnectionsWhere(waits)).isEqualTo(1);
    } finally {
      waitForAStandby(false);
    }

    assertThatThrownBy(payment::join).hasCauseInstanceOf(OutcomeUnknown.class);
    await().atMost(SOON).until(() -> remote.prepared.isEmpty());
    assertThat(remote.messages).containsExactly("prepare", "commit");
    assertThat(isDone()).isTrue();
    await().atMost(SOON).until(() -> committed().isEmpty());
  }

  private static void waitForAStandby(boolean wait) {
    database
        .direct()
        .query("ALTER SYSTEM SET synchronous_standby_names = '" + (wait ? "nobody" : "") + "'");
    database.direct().query("SELECT pg_reload_conf()");
    await()
        .atMost(SOON)
        .until(
            () ->
                database
                    .direct()
                    .query("SHOW synchronous_standby_names")
                    .equals(List.of(wait ? "nobody" : "")));
  }

  private String transaction() {
    return BranchXid.valueOf(remote.prepared.iterator().next()).transaction();
  }

  @Test
  void recoveryThatFindsNoDecisionKeepsItFromBeingTaken() throws Exception {
    LastResource late = LastResource.begin("late", database.xa(), decisions);

    assertThat(decisions.isCommitted("late")).isFalse();

    assertThatThrownBy(late::decide)
        .isInstanceOf(LogWriteException.class)
        .isNotInstanceOf(DecisionInDoubt.class);
    assertThat(decisions.isCommitted("late")).isFalse();
  }

  @Test
  void recoveryWaitsForADecisionThatIsUnderWay() throws Exception {
    LastResource underWay = LastResource.begin("under way", database.xa(), decisions);
    assertThat(underWay.prepare()).isEqualTo(XA_OK);

    assertThatThrownBy(() -> decisions.isCommitted("under way")).isInstanceOf(SQLException.class);

    underWay.decide();
    assertThat(decisions.isCommitted("under way")).isTrue();
    assertThat(underWay.rollback()).isNotEqualTo(XA_OK);
  }

  @Test
  void decisionThatIsAskedForAgainStaysTaken() throws Exception {
    LastResource decided = LastResource.begin("decided", database.xa(), decisions);
    decided.decide();

    decided.decide();

    assertThat(decided.committed()).isEqualTo(XA_OK);
  }

  @Test
  void decisionInDoubtThatIsAskedForAgainStaysInDoubt() throws Exception {
    LastResource inDoubt = LastResource.begin("in doubt", database.xa(), decisions);
    inDoubt.prepare();
    await().atMost(SOON).until(() -> database.direct().endConnectionsWhere(HAS_RECORDED) == 1);

    assertThatThrownBy(inDoubt::decide).isInstanceOf(DecisionInDoubt.class);
    assertThatThrownBy(inDoubt::decide).isInstanceOf(DecisionInDoubt.class);
  }

  /** What watches the decision fails after it was taken. */
  @Test
  void decisionThatCannotBeObservedIsInDoubt() throws Exception {
    var registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new FailingAtTheEnd());
    var log =
        new DecisionLog(
            database.lastResources(decisions),
            decisions,
            new org.ticketing.platform.Phases(
                "xa", Observations.of(registry, new SimpleMeterRegistry()), TransactionLog.NONE),
            it -> {});

    assertThatThrownBy(
            () -> log.write(new PendingTransactionRecord("unobserved", COMMITTING, 0, "")))
        .isInstanceOf(DecisionInDoubt.class);

    assertThat(decisions.isCommitted("unobserved")).isTrue();
  }

  private static class FailingAtTheEnd implements ObservationHandler<Observation.Context> {

    @Override
    public void onStop(Observation.Context observed) {
      throw new IllegalStateException("for a test");
    }

    @Override
    public boolean supportsContext(Observation.Context observed) {
      return true;
    }
  }

  @Test
  void twoRecoveriesAtOnceDecideTheSame() throws Exception {
    LastResource underWay = LastResource.begin("contested", database.xa(), decisions);
    underWay.prepare();
    var one = CompletableFuture.supplyAsync(() -> isCommittedInTheEnd("contested"));
    var other = CompletableFuture.supplyAsync(() -> isCommittedInTheEnd("contested"));

    underWay.rollback();

    assertThat(one.join()).isFalse();
    assertThat(other.join()).isFalse();
  }

  private boolean isCommittedInTheEnd(String transaction) {
    return await()
        .atMost(SOON)
        .ignoreException(SQLException.class)
        .until(() -> decisions.isCommitted(transaction), known -> true);
  }

  @Test
  void decisionsOfAnEarlierEpochAreToldWhateverTheClockSays() throws Exception {
    Instant longAgo = Instant.EPOCH;
    LastResource.begin("earlier", database.xa(), decisions).decide();
    assertThat(decisions.expiredAt(longAgo, List.of())).isEmpty();

    idle.close();
    try (Claim next = database.claim(settings("another"))) {
      assertThat(database.decisions(next, SETTINGS).expiredAt(longAgo, List.of()))
          .extracting(decision -> decision.id)
          .containsExactly("earlier");
    }
  }

  @Test
  void decisionsToRollBackAreForgottenAfterADay() throws Exception {
    decisions.isCommitted("old");
    decisions.isCommitted("new");
    LastResource.begin("decided", database.xa(), decisions).decide();
    database
        .direct()
        .query(
            """
            UPDATE protocol.decision SET expires = now() - interval '25 hours'
            WHERE transaction IN ('old', 'decided')""");

    DecisionTable.removeRolledBack(JdbcClient.create(database.pool()));

    assertThat(database.direct().query("SELECT transaction FROM protocol.decision"))
        .containsExactlyInAnyOrder("new", "decided");
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsDecidedByRecovery() throws Exception {
    var nowhere = new HikariDataSource();
    nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
    var away = new XaDatabase(nowhere);
    var log =
        new DecisionLog(
            new LastResources(away, decisions),
            new DecisionTable(away, idle, SETTINGS.transactionTimeout()),
            UNOBSERVED,
            it -> {});

    assertThat(log.getExpiredPendingCommittingTransactionRecordsAt(Long.MAX_VALUE)).isEmpty();
    assertThatThrownBy(() -> log.get("any")).isInstanceOf(LogReadException.class);
  }

  private static CoordinatorSettings settings(String coordinator) {
    return new CoordinatorSettings(
        coordinator,
        Path.of("unused"),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        2,
        Log.OWN,
        Phases.PARALLEL);
  }

  private void run() {
    transactions.run(
        () -> {
          enlistRemote();
          work();
        });
  }

  private static void enlistRemote() {
    GlobalTransactions.current().orElseThrow().enlist("remote");
  }

  private void work() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO work VALUES ('" + work + "')");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static void rollBackWork() {
    try (Connection connection = database.connect()) {
      connection.rollback();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private boolean isDone() {
    return database.direct().count("work", "id = '" + work + "'") == 1;
  }

  private List<String> committed() {
    return database.direct().query("SELECT committed FROM protocol.decision WHERE committed");
  }
}

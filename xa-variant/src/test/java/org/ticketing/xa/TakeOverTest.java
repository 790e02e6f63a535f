package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** What a running coordinator does about one that does not come back, such as one scaled in. */
@ExtendWith(OutputCaptureExtension.class)
class TakeOverTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofDays(1);

  private static CoordinatorDatabase database;

  private final ScriptedParticipant red = new ScriptedParticipant();
  private final ScriptedParticipant green = new ScriptedParticipant();
  private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final Claims claims = new Claims(database.xa());
  private final LeftBranches branches =
      database.leftBranches(new Participants(Map.of("red", red, "green", green)));
  private Claim running;
  private Claim other;

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("take_over");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws SQLException {
    running = claims.take(settings());
    other = claims.take(settings());
  }

  @AfterEach
  void stop() {
    running.close();
    other.close();
    database.direct().query("DELETE FROM protocol.decision");
  }

  @Test
  void whatAnAbsentCoordinatorHasLeftIsEndedAsItHasDecided(CapturedOutput output)
      throws SQLException {
    BranchXid decided = prepared(red, other.id(), "decided");
    BranchXid undecided = prepared(green, other.id(), "undecided");
    BranchXid own = prepared(green, running.id(), "own");
    decide("decided");
    other.close();

    takeOver(AT_ONCE).look();

    assertThat(red.messages).containsExactly("commit");
    assertThat(green.messages).containsExactly("rollback");
    assertThat(green.prepared).containsExactly(own.toString());
    assertThat(committed()).isEmpty();
    assertThat(output)
        .contains("Coordinator " + other.id() + " has not run for")
        .contains(decided.toString(), undecided.toString());
  }

  @Test
  void coordinatorThatRunsIsLeftAlone() {
    prepared(red, other.id(), "undecided");

    takeOver(AT_ONCE).look();

    assertThat(red.messages).isEmpty();
  }

  @Test
  void coordinatorIsGivenTimeToComeBack() {
    prepared(red, other.id(), "undecided");
    other.close();
    TakeOver takeOver = takeOver(LONG);

    takeOver.look();
    takeOver.look();

    assertThat(red.messages).isEmpty();
  }

  @Test
  void absenceIsCountedAnewWhenTheCoordinatorHasBeenBack() throws SQLException {
    Duration absence = Duration.ofSeconds(2);
    prepared(red, other.id(), "undecided");
    other.close();
    TakeOver takeOver = takeOver(absence);
    takeOver.look();
    await().pollDelay(absence).until(() -> true);
    Claim back = claims.take(settings());
    assertThat(back.id()).isEqualTo(other.id());
    back.close();

    takeOver.look();
    assertThat(red.messages).isEmpty();

    await()
        .atMost(SOON)
        .until(
            () -> {
              takeOver.look();
              return red.messages.contains("rollback");
            });
  }

  @Test
  void whatIsLeftIsTriedAgain() throws SQLException {
    prepared(red, other.id(), "decided");
    decide("decided");
    other.close();
    red.onCommit = () -> XAER_RMFAIL;
    TakeOver takeOver = takeOver(AT_ONCE);
    takeOver.look();
    assertThat(committed()).containsExactly("decided");

    red.onCommit = () -> XA_OK;
    takeOver.look();

    assertThat(red.prepared).isEmpty();
    assertThat(committed()).isEmpty();
  }

  @Test
  void decisionsThatWereToldToAllAreRemoved() throws SQLException {
    decide("told");
    other.close();

    takeOver(AT_ONCE).look();

    assertThat(committed()).isEmpty();
  }

  @Test
  void silentParticipantKeepsNeitherTheOthersNorTheClaim() throws SQLException {
    var silent = new CountDownLatch(1);
    prepared(green, other.id(), "one");
    prepared(red, other.id(), "two");
    green.onRollback = () -> after(silent);
    other.close();

    var looking = CompletableFuture.runAsync(takeOver(AT_ONCE)::look);

    await().atMost(SOON).until(() -> red.prepared.isEmpty() && green.messages.size() == 1);
    // A process that returns waits for its claim.
    try (Claim back = claims.take(settings(other.id().name()))) {
      assertThat(back.id()).isEqualTo(other.id());
    }
    silent.countDown();
    looking.join();
  }

  @Test
  void severalCoordinatorsDoNotDisturbEachOther() {
    for (int i = 0; i < 10; i++) {
      prepared(red, other.id(), "undecided" + i);
    }
    other.close();

    List.of(takeOver(AT_ONCE), takeOver(AT_ONCE), takeOver(AT_ONCE)).stream()
        .map(one -> CompletableFuture.runAsync(one::look))
        .toList()
        .forEach(CompletableFuture::join);

    assertThat(red.prepared).isEmpty();
    assertThat(red.messages).hasSize(10).containsOnly("rollback");
  }

  @Test
  void branchesWhoseDecisionsAreElsewhereAreToldOfOnce(CapturedOutput output) {
    var stranger = CoordinatorId.create(prefix + "elsewhere");
    BranchXid branch = prepared(red, stranger, "undecided");
    TakeOver takeOver = takeOver(AT_ONCE);

    takeOver.look();
    assertThat(output).doesNotContain(stranger.toString());
    takeOver.look();
    takeOver.look();

    assertThat(output).containsOnlyOnce("Branches of coordinator " + stranger);
    assertThat(output).contains(branch.toString());
    assertThat(red.messages).isEmpty();
  }

  private TakeOver takeOver(Duration absence) {
    return new TakeOver(running, claims, branches, absence);
  }

  private static BranchXid prepared(
      ScriptedParticipant participant, CoordinatorId owner, String transaction) {
    var branch = new BranchXid(1, hex(transaction), hex(owner.prefix() + 1));
    participant.prepared.add(branch.toString());
    return branch;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  private void decide(String transaction) throws SQLException {
    try (Connection connection = database.pool().getConnection()) {
      new DecisionTable(database.xa(), other, Duration.ofSeconds(1))
          .record(transaction, connection);
    }
  }

  private static List<String> committed() {
    return database.direct().query("SELECT transaction FROM protocol.decision WHERE committed");
  }

  private static int after(CountDownLatch latch) {
    try {
      latch.await();
      return XA_OK;
    } catch (InterruptedException stopped) {
      return XAER_RMFAIL;
    }
  }

  private CoordinatorSettings settings() {
    return settings(prefix + "*");
  }

  private static CoordinatorSettings settings(String name) {
    return new CoordinatorSettings(
        name,
        Path.of("unused"),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        2,
        Log.OWN,
        Phases.PARALLEL);
  }
}

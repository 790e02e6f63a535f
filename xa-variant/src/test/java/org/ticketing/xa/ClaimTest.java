package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atomikos.recovery.LogWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** Who may be a coordinator, on a real PostgreSQL. */
class ClaimTest {

  private static final String HAS_A_CLAIM =
      "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";

  private static CoordinatorDatabase database;
  private static CoordinatorDatabase anotherDatabase;

  private final String name = "name-" + UUID.randomUUID().toString().substring(0, 8);
  private final Claims claims = new Claims(database.xa());

  @TempDir private Path directory;

  @BeforeAll
  static void createDatabases() {
    database = CoordinatorDatabase.create("claims");
    anotherDatabase = CoordinatorDatabase.create("other_claims");
  }

  @AfterAll
  static void closeDatabases() {
    database.close();
    anotherDatabase.close();
  }

  @Test
  void aSecondProcessOfTheSameNameIsRefusedInOneLine() throws Exception {
    try (Claim first = claims.take(settings(Log.OWN))) {
      assertThatThrownBy(() -> claims.take(settings(Log.OWN), Duration.ZERO))
          .isInstanceOf(InvalidConfigurationPropertyValueException.class)
          .hasMessageContaining("ticketing.xa.coordinator.name")
          .hasMessageContaining("another process is this coordinator, connected to the database")
          .hasMessageNotContaining("\n");
      assertThat(first.renew()).isTrue();
    }
  }

  @Test
  void processesOfDifferentNamesRunSideBySide() throws Exception {
    try (Claim one = claims.take(settings(Log.OWN));
        Claim other = claims.take(settings(name + "-2", Log.OWN), Duration.ZERO)) {
      assertThat(one.number()).isNotEqualTo(other.number());
    }
  }

  @Test
  void aRestartHasTheSameIdentityAndALaterEpoch() throws Exception {
    Claim first = claims.take(settings(Log.OWN));
    first.close();

    try (Claim second = claims.take(settings(Log.OWN), Duration.ZERO)) {
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    }
  }

  @Test
  void anotherDatabaseIsAnotherCoordinator() throws Exception {
    try (Claim here = claims.take(settings(Log.OWN));
        Claim there = new Claims(anotherDatabase.xa()).take(settings(Log.OWN))) {
      assertThat(there.id().name()).isEqualTo(here.id().name());
      assertThat(there.id()).isNotEqualTo(here.id());
    }
  }

  @Test
  void aConnectionThatBreaksIsReplaced() throws Exception {
    try (Claim claim = claims.take(settings(Log.OWN))) {
      database.direct().endConnectionsWhere(HAS_A_CLAIM);

      assertThat(claim.renew()).isTrue();

      assertThatThrownBy(() -> claims.take(settings(Log.OWN), Duration.ZERO))
          .isInstanceOf(InvalidConfigurationPropertyValueException.class);
      assertThat(decisions(claim).isCommitted(name)).isFalse();
    }
  }

  @Test
  void aFormerCoordinatorDecidesNothingMore() throws Exception {
    try (Claim former = claims.take(settings(Log.OWN))) {
      database.direct().endConnectionsWhere(HAS_A_CLAIM);
      Claim next = claims.take(settings(Log.OWN));

      LastResource late = LastResource.begin(name, database.xa(), decisions(former));
      assertThatThrownBy(late::decide)
          .isInstanceOf(LogWriteException.class)
          .isNotInstanceOf(DecisionInDoubt.class);
      assertThatThrownBy(() -> decisions(former).isCommitted(name))
          .isInstanceOf(SQLException.class);
      assertThat(database.direct().count("protocol.decision", "transaction = '" + name + "'"))
          .isZero();
      assertThat(former.renew()).isFalse();
      next.close();
      assertThat(former.renew()).isFalse();
    }
  }

  @Test
  void aCoordinatorKeepsItsKindOfLog() throws Exception {
    claims.take(settings(Log.OWN)).close();

    assertThatThrownBy(() -> claims.take(settings(Log.ATOMIKOS)))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining("ticketing.xa.coordinator.log with value 'atomikos'")
        .hasMessageContaining("has its decisions in the log 'own'")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aRestartFindsItsLog() throws Exception {
    Claim first = claims.take(settings(Log.ATOMIKOS));
    first.close();

    try (Claim second = claims.take(settings(Log.ATOMIKOS))) {
      assertThat(second.id()).isEqualTo(first.id());
    }
  }

  @Test
  void aCoordinatorWhoseLogIsLostIsRefusedInOneLine() throws Exception {
    Claim first = claims.take(settings(Log.ATOMIKOS));
    first.close();
    loseLog();

    assertThatThrownBy(() -> claims.take(settings(Log.ATOMIKOS)))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining("ticketing.xa.coordinator.log-directory")
        .hasMessageContaining("instead of " + first.id() + "; bring that back")
        .hasMessageNotContaining("\n");
  }

  private void loseLog() throws IOException {
    Files.delete(directory.resolve("coordinator"));
  }

  @Test
  void theLogOfAnotherNameIsRefused() throws Exception {
    Claim other = claims.take(settings(name + "-2", Log.ATOMIKOS));
    other.close();

    assertThatThrownBy(() -> claims.take(settings(Log.ATOMIKOS)))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining("it has the log of " + other.id());
  }

  /** The decisions are in the log, so its branches are still its own. */
  @Test
  void aLogThatMovesToANewDatabaseKeepsItsIdentity() throws Exception {
    Claim here = claims.take(settings(Log.ATOMIKOS));
    here.close();

    try (Claim there = new Claims(anotherDatabase.xa()).take(settings(Log.ATOMIKOS))) {
      assertThat(there.id()).isEqualTo(here.id());
    }
  }

  @Test
  void aNameWithAStarIsTheFirstThatIsFree() throws Exception {
    try (Claim first = claims.take(settings(name + "-*", Log.OWN));
        Claim second = claims.take(settings(name + "-*", Log.OWN))) {
      assertThat(first.id().name()).isEqualTo(name + "-1");
      assertThat(second.id().name()).isEqualTo(name + "-2");

      CoordinatorId killed = first.id();
      first.close();

      try (Claim restarted = claims.take(settings(name + "-*", Log.OWN))) {
        assertThat(restarted.id()).isEqualTo(killed);
      }
    }
  }

  /** They also register all of these names at the same moment. */
  @Test
  void processesThatStartAtTheSameMomentGetDifferentNames() {
    int processes = 5;
    var start = new CyclicBarrier(processes);
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Claim> taken =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () -> takeTogether(start, settings(name + "-*", Log.OWN)), threads))
              .limit(processes)
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(taken)
          .extracting(claim -> claim.id().name())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, processes).mapToObj(number -> name + "-" + number).toList());
      taken.forEach(Claim::close);
    } finally {
      threads.shutdownNow();
    }
  }

  private Claim takeTogether(CyclicBarrier start, CoordinatorSettings settings) {
    try {
      start.await(30, TimeUnit.SECONDS);
      return claims.take(settings);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aNameWithAStarIsRefusedWithTheLogOfAtomikos() {
    assertThatThrownBy(() -> claims.take(settings(name + "-*", Log.ATOMIKOS)))
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining("ticketing.xa.coordinator.name with value '" + name + "-*'")
        .hasMessageContaining("needs a name and a log directory of its own")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theDatabaseTellsWhichCoordinatorsRun() throws Exception {
    Claim absent = claims.take(settings(name + "-absent", Log.OWN));
    absent.close();

    try (Claim running = claims.take(settings(Log.OWN))) {
      assertThat(claims.states())
          .filteredOn(state -> state.coordinator().id().equals(running.id()))
          .singleElement()
          .matches(CoordinatorState::runs)
          .matches(state -> state.epoch() == running.epoch());
      assertThat(claims.states())
          .filteredOn(state -> state.coordinator().id().equals(absent.id()))
          .singleElement()
          .matches(state -> !state.runs() && !state.hasDecisions());
    }
  }

  private static DecisionTable decisions(Claim claim) {
    return new DecisionTable(database.xa(), claim, Duration.ofSeconds(1));
  }

  private CoordinatorSettings settings(Log log) {
    return settings(name, log);
  }

  private CoordinatorSettings settings(String name, Log log) {
    return new CoordinatorSettings(
        name,
        directory,
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        2,
        log,
        Phases.PARALLEL);
  }
}

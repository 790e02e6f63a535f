package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atomikos.recovery.LogWriteException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.ticketing.platform.Refusal;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;
import org.ticketing.xa.InDoubtApi.BranchInDoubt;
import org.ticketing.xa.InDoubtApi.CoordinatorInDoubt;
import org.ticketing.xa.InDoubtApi.Ended;
import org.ticketing.xa.InDoubtApi.Ending;
import org.ticketing.xa.InDoubtApi.InDoubt;

/** What an operator does about a coordinator that does not come back. */
class AbsentCoordinatorsTest {

  private static final Ending ENDING = new Ending("its host is gone");

  private static CoordinatorDatabase database;

  private final ScriptedParticipant red = new ScriptedParticipant();
  private final ScriptedParticipant green = new ScriptedParticipant();
  private final String name = "gone-" + UUID.randomUUID().toString().substring(0, 8);
  private final Claims claims = new Claims(database.xa());
  private final AbsentCoordinators absent =
      new AbsentCoordinators(
          claims, database.leftBranches(new Participants(Map.of("red", red, "green", green))));
  private Claim claim;

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("absent_coordinators");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws SQLException {
    claim = claims.take(settings(name));
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(
                UUID.randomUUID().toString(),
                null,
                List.of(new SimpleGrantedAuthority("ROLE_USER")))));
  }

  @AfterEach
  void stop() {
    claim.close();
    SecurityContextHolder.clearContext();
    database.direct().query("DELETE FROM protocol.decision");
  }

  @Test
  void whatIsDecidedIsCommittedAndTheRestIsRolledBack() throws SQLException {
    BranchInDoubt decided = prepared("red", claim.id(), "decided");
    BranchInDoubt undecided = prepared("green", claim.id(), "undecided");
    decide("decided");
    claim.close();

    Ended ended = end(claim.id());

    assertThat(ended)
        .isEqualTo(new Ended(List.of(decided), List.of(undecided), List.of(), List.of()));
    assertThat(red.messages).containsExactly("commit");
    assertThat(green.messages).containsExactly("rollback");
    assertThat(committed()).isEmpty();
    assertThat(end(claim.id())).isEqualTo(new Ended(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void decisionIsKeptWhileABranchIsLeft() throws SQLException {
    BranchInDoubt branch = prepared("red", claim.id(), "decided");
    decide("decided");
    claim.close();
    red.onCommit = () -> XAER_RMFAIL;

    assertThat(end(claim.id()).left()).containsExactly(branch);
    assertThat(committed()).containsExactly("decided");

    red.onCommit = () -> XA_OK;
    assertThat(end(claim.id()).committed()).containsExactly(branch);
    assertThat(committed()).isEmpty();
  }

  @Test
  void decisionIsKeptWhileAParticipantIsNotReached() throws SQLException {
    decide("decided");
    claim.close();
    green.isDown = true;

    assertThat(end(claim.id()).notReached()).containsExactly("green");

    assertThat(committed()).containsExactly("decided");
  }

  /** It had lost its claim, and was about to prepare its branches and to commit. */
  @Test
  void decisionThatIsTakenAfterTheParticipantsWereAskedIsKept() throws SQLException {
    decide("told");
    LastResource late = LastResource.begin("late", database.xa(), decisions());
    assertThat(late.prepare()).isEqualTo(XA_OK);
    claim.close();
    red.afterListing = () -> decide(late);

    end(claim.id());

    assertThat(committed()).containsExactly("late");
  }

  @Test
  void coordinatorThatWasAbsentDecidesNothingMore() throws SQLException {
    claim.close();

    end(claim.id());

    assertThatThrownBy(() -> decide("late")).isInstanceOf(SQLException.class);
  }

  @Test
  void coordinatorThatRunsIsRefused() {
    prepared("red", claim.id(), "undecided");

    assertThatThrownBy(() -> end(claim.id()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is running");

    assertThat(red.messages).isEmpty();
  }

  @Test
  void coordinatorOfAnotherDatabaseIsRefused() {
    var stranger = CoordinatorId.create(name);
    prepared("red", stranger, "undecided");
    claim.close();

    assertThatThrownBy(() -> end(stranger))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("are not in this database");

    assertThat(red.messages).isEmpty();
  }

  @Test
  void branchesAreListedByCoordinator() {
    var stranger = CoordinatorId.create(name);
    BranchInDoubt mine = prepared("red", claim.id(), "one");
    BranchInDoubt others = prepared("red", stranger, "two");
    green.isDown = true;

    InDoubt inDoubt = absent.list();

    assertThat(inDoubt.coordinators())
        .containsExactlyInAnyOrder(
            new CoordinatorInDoubt(name, claim.id().identity(), true, List.of(mine)),
            new CoordinatorInDoubt(name, stranger.identity(), false, List.of(others)));
    assertThat(inDoubt.notReached()).containsExactly("green");
  }

  private Ended end(CoordinatorId id) {
    return absent.end(id.name(), id.identity(), ENDING);
  }

  private BranchInDoubt prepared(String participant, CoordinatorId owner, String transaction) {
    var branch = new BranchXid(1, hex(transaction), hex(owner.prefix() + 1));
    ("red".equals(participant) ? red : green).prepared.add(branch.toString());
    return new BranchInDoubt(participant, branch.toString());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  private void decide(String transaction) throws SQLException {
    try (Connection connection = database.pool().getConnection()) {
      decisions().record(transaction, connection);
    }
  }

  private static void decide(LastResource transaction) {
    try {
      transaction.decide();
    } catch (LogWriteException failure) {
      throw new AssertionError(failure);
    }
  }

  private DecisionTable decisions() {
    return new DecisionTable(database.xa(), claim, Duration.ofSeconds(1));
  }

  private static List<String> committed() {
    return database.direct().query("SELECT transaction FROM protocol.decision WHERE committed");
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

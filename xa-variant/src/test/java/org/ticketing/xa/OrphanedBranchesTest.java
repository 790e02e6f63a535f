package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.platform.ServiceUnavailable;

class OrphanedBranchesTest {

  private static final CoordinatorId OWN = new CoordinatorId("payment-1", "0123abcd");
  private static final CoordinatorId OTHER = new CoordinatorId("payment-1", "ffffffff");

  private static CoordinatorDatabase database;

  private final Clock clock = mock();
  private final ScriptedParticipant red = new ScriptedParticipant();
  private final ScriptedParticipant green = new ScriptedParticipant();
  private final OrphanedBranches orphaned =
      new OrphanedBranches(
          new Participants(Map.of("red", red, "green", green)),
          JdbcClient.create(database.pool()),
          clock);

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("orphaned_branches");
    database
        .direct()
        .query(
            "INSERT INTO protocol.coordinator (name, identity, log) VALUES ('%s', '%s', 'OWN')"
                .formatted(OWN.name(), OWN.identity()));
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void start() {
    at(0);
  }

  @Test
  void aBranchWhoseDecisionsAreElsewhereIsOrphanedAfterAWhile() {
    prepared(red, OTHER.prefix() + 1);

    assertThat(orphaned.count()).isZero();
    at(31);
    assertThat(orphaned.count()).isOne();
  }

  @Test
  void aBranchOfACoordinatorOfThisDatabaseIsNone() {
    prepared(green, OWN.prefix() + 1);

    assertThat(orphaned.count()).isZero();
    at(3600);
    assertThat(orphaned.count()).isZero();
  }

  @Test
  void aBranchOfSomethingElseOnTheServerIsNone() {
    prepared(red, "of a batch");

    assertThat(orphaned.count()).isZero();
    at(3600);
    assertThat(orphaned.count()).isZero();
  }

  @Test
  void theyAreUnknownWhileAParticipantIsAway() {
    green.isDown = true;
    var registry = new SimpleMeterRegistry();
    orphaned.bindTo(registry);

    assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(orphaned::count);
    assertThat(registry.get("ticketing.compensations.failing").gauge().value()).isNaN();
  }

  private static void prepared(ScriptedParticipant participant, String qualifier) {
    participant.prepared.add(
        new BranchXid(1, "0a", HexFormat.of().formatHex(qualifier.getBytes(US_ASCII))).toString());
  }

  private void at(int seconds) {
    when(clock.instant()).thenReturn(Instant.EPOCH.plusSeconds(seconds));
  }
}

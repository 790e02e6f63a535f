package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** What the payment's database has of a transaction. */
class DecisionHoldingsTest {

  private static final CoordinatorSettings SETTINGS =
      new CoordinatorSettings(
          "holdings",
          Path.of("unused"),
          Duration.ofSeconds(18),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          1,
          Log.OWN,
          Phases.PARALLEL);

  private static CoordinatorDatabase database;

  private final Claim claim = database.claim(SETTINGS);
  private final DecisionTable decisions = database.decisions(claim, SETTINGS);
  private final LastResources resources = database.lastResources(decisions);
  private final DecisionHoldings holdings =
      new DecisionHoldings(database.xa(), resources, SETTINGS);
  private final String transaction = "transaction-" + UUID.randomUUID();
  private final BranchXid branch = new BranchXid(1, hex(transaction), hex(claim.id().prefix() + 1));

  @BeforeAll
  static void createDatabase() {
    database = CoordinatorDatabase.create("decision_holdings");
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @AfterEach
  void stop() {
    resources.leave(branch);
    claim.close();
  }

  @Test
  void localTransactionIsShownUntilItsCommitWhichIsTheDecision() throws Exception {
    assertThat(holdings.of(key())).isEmpty();

    resources.open(Enlistment.start(branch)).close();
    assertThat(holdings.of(key()))
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.participant()).isEqualTo("payment");
              assertThat(holding.what()).startsWith("local transaction");
              assertThat(holding.meaning()).isEqualTo(Meaning.OPEN);
            });

    resources.decide(transaction);
    assertThat(holdings.of(key()))
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.what()).isEqualTo("decision");
              assertThat(holding.state()).isEqualTo("COMMIT");
              assertThat(holding.meaning()).isEqualTo(Meaning.DONE);
              assertThat(holding.since()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            });
  }

  @Test
  void decisionToRollBackIsShown() throws Exception {
    decisions.isCommitted(transaction);

    assertThat(holdings.of(new TransactionKey(null, branch.toString())))
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.state()).isEqualTo("ROLL BACK");
              assertThat(holding.meaning()).isEqualTo(Meaning.UNDONE);
            });
  }

  @Test
  void paymentWithoutAnXidIsNotKnownHere() {
    assertThat(holdings.of(new TransactionKey(UUID.randomUUID(), null))).isEmpty();
  }

  private TransactionKey key() {
    return new TransactionKey(null, transaction);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }
}

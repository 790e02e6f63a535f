package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Database;
import org.ticketing.testing.DefaultSettings;
import org.ticketing.testing.OnRealDatabase.Servers;

/** What a participant's database has of a transaction. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class BranchHoldingsTest {

  enum Server {
    POSTGRESQL,
    MYSQL;

    DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  private static final Duration SOON = Duration.ofSeconds(30);
  private static int number;

  private final Server server;
  private final Database direct;
  private final HikariDataSource pool = new HikariDataSource();
  private final Branches branches;
  private final BranchHoldings holdings;
  private final String transaction = "payment-1/0123abcd/" + UUID.randomUUID();
  private final BranchXid branch = branch(transaction);

  BranchHoldingsTest(Server server) {
    this.server = server;
    JdbcAccess access = server.get().createDatabase("branch_holdings_" + ++number);
    direct = new Database(access);
    direct.query("CREATE TABLE work (id int PRIMARY KEY, done int)");
    direct.query("INSERT INTO work VALUES (1, 0)");
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    var database = new XaDatabase(pool);
    branches =
        new Branches(
            database,
            new DefaultSettings().bound("ticketing.xa.participant", ParticipantSettings.class));
    holdings = new BranchHoldings("point", database, branches);
  }

  @AfterEach
  void close() {
    branches.rollback(branch);
    pool.close();
  }

  @Test
  void branchIsShownFromItsWorkToItsEnd() throws SQLException {
    assertThat(holdings.of(key())).isEmpty();

    work();
    assertThat(holdings.of(key()))
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.participant()).isEqualTo("point");
              assertThat(holding.what()).isEqualTo("branch");
              assertThat(holding.state()).isEqualTo("ACTIVE");
              assertThat(holding.meaning()).isEqualTo(Meaning.OPEN);
              assertThat(holding.since()).isBeforeOrEqualTo(Instant.now());
            });

    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    Holding prepared = holdings.of(key()).get(0);
    assertThat(holdings.of(key())).hasSize(1);
    assertThat(prepared.what()).isEqualTo("prepared branch");
    assertThat(prepared.meaning()).isEqualTo(Meaning.OPEN);
    // MySQL and MariaDB do not tell it.
    assertThat(prepared.since() != null).isEqualTo(server == Server.POSTGRESQL);

    assertThat(branches.commit(branch, false)).isEqualTo(XA_OK);
    assertThat(holdings.of(key())).isEmpty();
  }

  @Test
  void transactionMayBeNamedByOneOfItsBranches() throws SQLException {
    work();

    assertThat(holdings.of(new TransactionKey(null, branch.toString()))).hasSize(1);
  }

  @Test
  void otherTransactionsAreNotShown() throws SQLException {
    work();
    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);

    assertThat(holdings.of(new TransactionKey(null, transaction + "1"))).isEmpty();
    assertThat(holdings.of(new TransactionKey(UUID.randomUUID(), null))).isEmpty();
  }

  @Test
  void whoWaitsForABranchIsShown() throws Exception {
    Assumptions.assumeTrue(
        server == Server.POSTGRESQL, "MySQL and MariaDB show it to those alone who have the right");
    work();
    var waiting =
        CompletableFuture.runAsync(() -> direct.query("UPDATE work SET done = 7 WHERE id = 1"));

    await().atMost(SOON).untilAsserted(this::assertThatTheUpdateIsShown);
    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    await().atMost(SOON).untilAsserted(this::assertThatTheUpdateIsShown);

    assertThat(branches.rollback(branch)).isEqualTo(XA_OK);
    waiting.get();
  }

  private void assertThatTheUpdateIsShown() {
    assertThat(holdings.of(key()))
        .singleElement()
        .satisfies(
            holding ->
                assertThat(holding.waiting())
                    .singleElement()
                    .asString()
                    .endsWith(": UPDATE work SET done = 7 WHERE id = 1"));
  }

  @Test
  void databaseThatIsAwayIsAServiceThatIsUnavailable() {
    var away = new HikariDataSource();
    away.setJdbcUrl(
        server == Server.POSTGRESQL
            ? "jdbc:postgresql://127.0.0.1:1/none"
            : "jdbc:mysql://127.0.0.1:1/none");
    away.setUsername(pool.getUsername());
    away.setPassword(pool.getPassword());
    try (away) {
      assertThatExceptionOfType(ServiceUnavailable.class)
          .isThrownBy(() -> new BranchHoldings("point", new XaDatabase(away), branches).of(key()));
    }
  }

  private TransactionKey key() {
    return new TransactionKey(null, transaction);
  }

  private void work() throws SQLException {
    try (Connection connection = branches.open(Enlistment.start(branch));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE work SET done = 1 WHERE id = 1");
    }
  }

  private static BranchXid branch(String transaction) {
    return new BranchXid(1, hex(transaction), hex("payment-1/0123abcd/1"));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }
}

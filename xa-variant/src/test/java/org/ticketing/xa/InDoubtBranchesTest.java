package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Database;
import org.ticketing.testing.DefaultSettings;
import org.ticketing.testing.OnRealDatabase.Servers;

/** What the gauges of a participant say. */
@ParameterizedClass
@EnumSource
class InDoubtBranchesTest {

  enum Server {
    POSTGRESQL,
    MYSQL;

    DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  private static int number;

  private final HikariDataSource pool = new HikariDataSource();
  private final XaDatabase database;
  private final Branches branches;
  private final InDoubtBranches inDoubt;
  private final BranchXid branch = branch("payment-1/0123abcd/1");

  InDoubtBranchesTest(Server server) {
    JdbcAccess access = server.get().createDatabase("in_doubt_branches_" + ++number);
    new Database(access).query("CREATE TABLE work (id varchar(40) PRIMARY KEY)");
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    database = new XaDatabase(pool);
    branches =
        new Branches(
            database,
            new DefaultSettings().bound("ticketing.xa.participant", ParticipantSettings.class));
    inDoubt = new InDoubtBranches(database, Clock.systemUTC());
  }

  @BeforeEach
  void nothingIsInDoubt() {
    assertThat(inDoubt.now().number()).isZero();
    assertThat(inDoubt.now().oldestSeconds()).isZero();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aBranchIsInDoubtFromItsPrepareToItsEndAndGrowsOld() throws SQLException {
    work(branch);
    assertThat(inDoubt.now().number()).isZero();

    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    assertThat(inDoubt.now().number()).isOne();
    await().until(() -> inDoubt.now().oldestSeconds() > 0);

    assertThat(branches.rollback(branch)).isEqualTo(XA_OK);
    assertThat(inDoubt.now().number()).isZero();
  }

  @Test
  void everyFigureIsAGauge() throws SQLException {
    var registry = new SimpleMeterRegistry();
    new BranchGauges(branches, inDoubt).bindTo(registry);
    work(branch);
    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    try {
      await().until(() -> registry.get("ticketing.in.doubt").gauge().value() == 1);
      assertThat(registry.get("ticketing.in.doubt.age").gauge().value()).isNotNegative();
      assertThat(branches(registry, "prepared")).isOne();
      assertThat(branches(registry, "active")).isOne();
    } finally {
      branches.rollback(branch);
    }
  }

  @Test
  void branchesAreCountedThoughOthersHaveAllConnectionsOfThePool() throws SQLException {
    work(branch);
    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    List<Connection> others = new ArrayList<>();
    try {
      while (pool.getHikariPoolMXBean().getActiveConnections() < pool.getMaximumPoolSize()) {
        others.add(pool.getConnection());
      }

      assertThat(inDoubt.now().number()).isOne();
    } finally {
      for (Connection other : others) {
        other.close();
      }
      branches.rollback(branch);
    }
  }

  @Test
  void aDatabaseThatIsAwayIsAServiceThatIsUnavailable() {
    try (var nowhere = new HikariDataSource()) {
      nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
      var away = new InDoubtBranches(new XaDatabase(nowhere), Clock.systemUTC());

      assertThatExceptionOfType(ServiceUnavailable.class).isThrownBy(away::now);
    }
  }

  private static double branches(SimpleMeterRegistry registry, String state) {
    return registry.get("ticketing.branches").tag("state", state).gauge().value();
  }

  private void work(BranchXid xid) throws SQLException {
    try (Connection connection = branches.open(Enlistment.start(xid));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO work VALUES ('" + xid.globalTransaction() + "')");
    }
  }

  private static BranchXid branch(String qualifier) {
    return new BranchXid(
        1,
        UUID.randomUUID().toString().replace("-", ""),
        HexFormat.of().formatHex(qualifier.getBytes(US_ASCII)));
  }
}

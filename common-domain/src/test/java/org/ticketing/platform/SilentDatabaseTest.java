package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.env.MockEnvironment;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.testing.Database;
import org.ticketing.testing.OnRealDatabase.Servers;
import org.ticketing.testing.SilentRelay;

/** The connections of a process to a database from which, at some time, nothing comes any more. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class SilentDatabaseTest {

  enum Server {
    POSTGRESQL("SELECT current_setting('idle_in_transaction_session_timeout')", "3s"),
    MYSQL("SELECT @@wait_timeout", "33");

    private final String idleTimeout;
    private final String expected;

    Server(String idleTimeout, String expected) {
      this.idleTimeout = idleTimeout;
      this.expected = expected;
    }

    DatabaseServer get() {
      return this == POSTGRESQL ? Servers.get().postgres() : Servers.get().mysql();
    }
  }

  private static final Duration SOON = Duration.ofSeconds(30);
  private static int number;

  private final Server server;
  private final JdbcAccess database;
  private final SilentRelay relay;
  private final HikariDataSource pool = new HikariDataSource();

  SilentDatabaseTest(Server server) {
    this.server = server;
    this.database = server.get().createDatabase("silent_" + ++number);
    this.relay = SilentRelay.to(database);
    JdbcAccess access = relay.through(database);
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    ServiceDatabase.databaseSessions(settings(access.url()))
        .postProcessBeforeInitialization(pool, "dataSource");
  }

  private static MockEnvironment settings(String url) {
    return new MockEnvironment()
        .withProperty("spring.datasource.url", url)
        .withProperty(Service.HOSTED, "point")
        .withProperty("ticketing.timeouts.lock", "1s")
        .withProperty("ticketing.timeouts.connection", "1500ms")
        .withProperty("ticketing.timeouts.turn", "1s")
        .withProperty("ticketing.timeouts.connect", "1s")
        .withProperty("ticketing.timeouts.answer", "3s")
        .withProperty("ticketing.timeouts.body", "3s")
        .withProperty("ticketing.timeouts.database", "2s")
        .withProperty("ticketing.timeouts.idle-transaction", "3s");
  }

  @AfterEach
  void close() {
    relay.close();
    pool.close();
  }

  @Test
  void statementWithoutAnAnswerFails() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      relay.silence();

      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
    }

    relay.goOn();
    await().atMost(SOON).ignoreExceptions().until(() -> query("SELECT 1").equals("1"));
  }

  @Test
  void databaseEndsWhatIsIdleForTooLong() throws SQLException {
    assertThat(query(server.idleTimeout)).isEqualTo(server.expected);
  }

  @Test
  void transactionOfAClientThatHasVanishedKeepsNothingLocked() throws SQLException {
    assumeTrue(server == Server.POSTGRESQL, "the shortest timeout of MySQL is 30 seconds longer");
    var direct = new Database(database);
    direct.query("CREATE TABLE public.seat (id int)");
    Connection vanishing = pool.getConnection();
    vanishing.setAutoCommit(false);
    vanishing.createStatement().execute("LOCK TABLE public.seat");

    relay.silence();

    String locks = "SELECT 1 FROM pg_locks WHERE relation = 'public.seat'::regclass";
    await().atMost(SOON).until(() -> direct.query(locks).isEmpty());
    pool.evictConnection(vanishing);
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      ResultSet row = statement.executeQuery(sql);
      row.next();
      return row.getString(1);
    }
  }
}

package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.run.Databases;
import org.ticketing.stack.run.MysqlBinaries;

/** MySQL itself in MariaDB's place. */
@EnabledIf(
    value = "isFound",
    disabledReason =
        "the artifact of MySQL is not in the local repository, or libaio or libnuma is missing")
class MysqlIT {

  private static final long TRANSACTIONS = 10;

  private static LocalStack stack;

  static boolean isFound() {
    return MysqlBinaries.found().isPresent();
  }

  @BeforeAll
  static void start() {
    stack =
        LocalStack.start(
            StackOptions.forServers(Set.of("mysql"))
                .withDatabases(Databases.LOCAL)
                .withMysqlBinaries(MysqlBinaries.MAVEN));
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @Test
  void saysWhatItIsAndThatItIsDurable() {
    assertThat(stack.mysql().durability().server()).isEqualTo(MysqlBinaries.ARTIFACT);
    assertThat(stack.mysql().durability().settings())
        .containsEntry("innodb_flush_log_at_trx_commit", "1")
        .containsEntry("innodb_doublewrite", "ON")
        .containsEntry("log_bin", "OFF");
  }

  @Test
  void opensInItsOwnClient() {
    assertThat(stack.mysql().clientCommand(stack.mysql().createDatabase("opened")))
        .contains(" mysql --get-server-public-key --host=127.0.0.1 ")
        .endsWith(" opened");
  }

  @Test
  void keepsPreparedBranchesOverKillAndListsThemToTheUserOfServices() throws SQLException {
    JdbcAccess database = stack.mysql().createDatabase("killed");
    try (Connection connection = database.connect()) {
      prepare(connection, "killed");
    }

    stack.mysql().process().kill();
    stack.mysql().process().restart();

    assertThat(prepared(database)).contains("killed");
    execute(database, "XA COMMIT 'killed'");
    assertThat(prepared(database)).doesNotContain("killed");
  }

  @Test
  void endsPreparedBranchFromAnyConnection() throws SQLException {
    JdbcAccess database = stack.mysql().createDatabase("detached");
    try (Connection connection = database.connect()) {
      prepare(connection, "detached");

      execute(database, "XA ROLLBACK 'detached'");

      assertThat(prepared(database)).doesNotContain("detached");
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void dropsDatabaseOfPreparedBranch() throws SQLException {
    JdbcAccess database = stack.mysql().createDatabase("dropped");
    try (Connection connection = database.connect()) {
      prepare(connection, "dropped','1");
    }

    stack.mysql().dropDatabase(database, "dropped");

    assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticketing", "root", ""})
  void turnsStrangersAway(String user) {
    JdbcAccess stranger = new JdbcAccess(stack.mysql().admin().url(), user, "");

    assertThatThrownBy(stranger::connect).isInstanceOf(SQLException.class);
  }

  @Test
  void countsTheForcedWritesThatSessionsWaitFor() throws Exception {
    stack.mysql().countPrecisely(true);
    try (var connection = stack.mysql().createDatabase("counted").connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE wallet (id int)");

      long local =
          forcedBy(
              connection,
              "BEGIN",
              "INSERT INTO wallet VALUES (1)",
              "DO SLEEP(0.01)",
              "INSERT INTO wallet VALUES (2)",
              "DO SLEEP(0.01)",
              "COMMIT");
      long branch =
          forcedBy(
              connection,
              "XA START 'counted'",
              "INSERT INTO wallet VALUES (3)",
              "XA END 'counted'",
              "XA PREPARE 'counted'",
              "XA COMMIT 'counted'");

      // The server forces its log for itself now and then.
      assertThat(local).isBetween(TRANSACTIONS, TRANSACTIONS + 3);
      assertThat(branch).isBetween(3 * TRANSACTIONS, 3 * TRANSACTIONS + 3);
    } finally {
      stack.mysql().countPrecisely(false);
    }
  }

  /** The median of some attempts. */
  private static long forcedBy(Connection connection, String... transaction) throws SQLException {
    List<Long> attempts = new ArrayList<>();
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = stack.mysql().counters(connection).forcedWrites();
      for (int number = 0; number < TRANSACTIONS; number++) {
        for (String one : transaction) {
          try (var statement = connection.createStatement()) {
            statement.execute(one);
          }
        }
      }
      attempts.add(stack.mysql().counters(connection).forcedWrites() - before);
    }
    return attempts.stream().sorted().toList().get(2);
  }

  private static void prepare(Connection connection, String branch) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE wallet (id int)");
      statement.execute("XA START '" + branch + "'");
      statement.execute("INSERT INTO wallet VALUES (1)");
      statement.execute("XA END '" + branch + "'");
      statement.execute("XA PREPARE '" + branch + "'");
    }
  }

  private static List<String> prepared(JdbcAccess database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery("XA RECOVER")) {
      while (rows.next()) {
        names.add(rows.getString("data"));
      }
    }
    return names;
  }

  private static void execute(JdbcAccess database, String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

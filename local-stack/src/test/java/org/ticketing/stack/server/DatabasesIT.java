package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;

/** The protocols rely on this: a database keeps what it has acknowledged over SIGKILL. */
class DatabasesIT {

  private static final int COMMITS = 50;

  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql", "mysql")));
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @Test
  void serversSayTheyAreDurable() {
    assertThat(stack.postgres().durability().server()).matches("PostgreSQL 1[78].*");
    assertThat(stack.postgres().durability().settings())
        .containsEntry("fsync", "on")
        .containsEntry("synchronous_commit", "on")
        .containsEntry("full_page_writes", "on");
    assertThat(stack.mysql().durability().server()).matches("(MariaDB 11.4|MySQL 8).*");
    assertThat(stack.mysql().durability().settings())
        .containsEntry("innodb_flush_log_at_trx_commit", "1")
        .containsEntry("innodb_doublewrite", "ON");
  }

  @Test
  void serversForceEveryCommit() {
    assertThat(stack.probeDurability(COMMITS))
        .hasSize(2)
        .allSatisfy(probe -> assertThat(probe.isDurable()).isTrue());
  }

  @Test
  void aServerThatDoesNotForceCommitsIsFoundOut() throws SQLException {
    JdbcAccess postgres = stack.postgres().admin();
    JdbcAccess mysql = stack.mysql().admin();
    execute(postgres, "ALTER ROLE CURRENT_USER SET synchronous_commit = off");
    execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    try {
      assertThat(stack.probeDurability(COMMITS))
          .allSatisfy(probe -> assertThat(probe.isDurable()).isFalse());
    } finally {
      execute(postgres, "ALTER ROLE CURRENT_USER RESET synchronous_commit");
      execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    }
  }

  @Test
  void postgresKeepsPreparedBranchOverKill() throws SQLException {
    JdbcAccess database = stack.postgres().createDatabase("branches");
    execute(
        database,
        "CREATE TABLE seat (id int)",
        "BEGIN",
        "INSERT INTO seat VALUES (1)",
        "PREPARE TRANSACTION 'branch'");
    int port = stack.postgres().process().port();
    long pid = stack.postgres().process().pid();

    stack.postgres().process().kill();
    assertThat(stack.postgres().process().isAlive()).isFalse();
    stack.postgres().process().restart();

    assertThat(stack.postgres().process().port()).isEqualTo(port);
    assertThat(stack.postgres().process().pid()).isNotEqualTo(pid);
    execute(database, "COMMIT PREPARED 'branch'");
    assertThat(count(database, "seat")).isEqualTo(1);
  }

  @Test
  void mysqlKeepsPreparedBranchOverKill() throws SQLException {
    JdbcAccess database = stack.mysql().createDatabase("branches");
    execute(
        database,
        "CREATE TABLE wallet (id int)",
        "XA START 'branch'",
        "INSERT INTO wallet VALUES (1)",
        "XA END 'branch'",
        "XA PREPARE 'branch'");

    stack.mysql().process().kill();
    stack.mysql().process().restart();

    execute(database, "XA COMMIT 'branch'");
    assertThat(count(database, "wallet")).isEqualTo(1);
  }

  @Test
  void strangersAreTurnedAway() {
    for (DatabaseServer server : new DatabaseServer[] {stack.postgres(), stack.mysql()}) {
      String url = server.admin().url();
      for (String user : new String[] {"ticketing", "root", "postgres", ""}) {
        assertThatThrownBy(() -> new JdbcAccess(url, user, "").connect())
            .isInstanceOf(SQLException.class);
      }
    }
  }

  private static void execute(JdbcAccess database, String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static int count(JdbcAccess database, String table) throws SQLException {
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.TestHome;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;

/** The database servers of one stack are those that run elsewhere for another. */
class DatabasesElsewhereIT {

  private static final SystemDescription ALPHA = Systems.named("alpha");

  private static final Path HOME = TestHome.create();
  private static LocalStack elsewhere;
  private static JdbcAccess postgres;
  private static JdbcAccess mysql;

  @BeforeAll
  static void start() {
    elsewhere = LocalStack.start(StackOptions.forServers(Set.of("postgresql", "mysql")));
    postgres = elsewhere.postgres().admin();
    mysql = elsewhere.mysql().admin();
  }

  @AfterAll
  static void close() throws IOException {
    elsewhere.close();
    FileSystemUtils.deleteRecursively(HOME);
  }

  @Test
  void databasesHaveNamesOfTheirOwnAndAreDroppedAtTheEnd() throws SQLException {
    List<String> before = databases();
    StackOptions options =
        StackOptions.forSystems(ALPHA)
            .withHome(HOME)
            .withElsewhere("postgresql", postgres)
            .withElsewhere("mysql", mysql);
    try (LocalStack one = LocalStack.start(options);
        LocalStack other = LocalStack.start(options)) {
      TicketingSystem system = one.start(ALPHA);
      assertThat(system.database("point").url())
          .matches("jdbc:mysql://127.0.0.1:\\d+/t[0-9a-f]{8}_alpha_point\\?sslMode=DISABLED.*");
      assertThat(other.start(ALPHA).database("point").url())
          .isNotEqualTo(system.database("point").url());
      leaveInDoubt(system, "ours " + system.database("point").database().substring(0, 9));
      leaveInDoubt(mysql, "theirs");
      assertThat(databases()).hasSize(before.size() + 2 * 4);

      assertThatThrownBy(() -> one.postgres().process())
          .hasMessage("PostgreSQL runs elsewhere: its process is out of reach.");
    }
    assertThat(databases()).isEqualTo(before);
    execute(mysql, "XA ROLLBACK 'theirs'", "DROP DATABASE theirs");
  }

  @Test
  void refusesPostgresThatIsNotDurable() throws SQLException {
    execute(
        postgres,
        "CREATE ROLE careless SUPERUSER LOGIN PASSWORD 'careless'",
        "ALTER ROLE careless SET synchronous_commit = off");
    var careless = new JdbcAccess(postgres.url(), "careless", "careless");

    assertRefused(
        StackOptions.forServers(Set.of("postgresql")).withElsewhere("postgresql", careless),
        "PostgreSQL at " + postgres.url() + " cannot be used: synchronous_commit is off.");
  }

  @Test
  void refusesMysqlThatIsNotDurable() throws SQLException {
    execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    try {
      assertRefused(
          StackOptions.forServers(Set.of("mysql")).withElsewhere("mysql", mysql),
          "MySQL at " + mysql.url() + " cannot be used: innodb_flush_log_at_trx_commit is 2.");
    } finally {
      execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    }
  }

  @Test
  void usesAServerThatIsNotDurableIfItMay() throws SQLException {
    execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    try (LocalStack unsafe =
        LocalStack.start(
            StackOptions.forServers(Set.of("mysql")).withElsewhere("mysql", mysql).unsafe())) {
      assertThat(unsafe.durability())
          .singleElement()
          .extracting(Durability::shortcomings)
          .isEqualTo(List.of("innodb_flush_log_at_trx_commit is 2"));
    } finally {
      execute(mysql, "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, off, fsync is off",
    "full_page_writes, off, full_page_writes is off",
    "max_prepared_transactions, 0, 'max_prepared_transactions is 0, two-phase commit needs some hundred'"
  })
  void knowsPostgresSettingsThatWillNotDo(String name, String value, String shortcoming) {
    Map<String, String> settings = new HashMap<>(elsewhere.postgres().durability().settings());
    assertThat(elsewhere.postgres().shortcomings(settings)).isEmpty();
    settings.put(name, value);
    assertThat(elsewhere.postgres().shortcomings(settings)).containsExactly(shortcoming);
  }

  @ParameterizedTest
  @CsvSource({
    "innodb_doublewrite, OFF, innodb_doublewrite is OFF",
    "innodb_flush_method, nosync, innodb_flush_method is nosync",
    "log_bin, ON, sync_binlog is 0"
  })
  void knowsMysqlSettingsThatWillNotDo(String name, String value, String shortcoming) {
    Map<String, String> settings = new HashMap<>(elsewhere.mysql().durability().settings());
    settings.put("sync_binlog", "0"); // MariaDB's default
    assertThat(elsewhere.mysql().shortcomings(settings)).isEmpty();
    settings.put(name, value);
    assertThat(elsewhere.mysql().shortcomings(settings)).containsExactly(shortcoming);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(
            () ->
                LocalStack.start(
                    StackOptions.forServers(Set.of("postgresql"))
                        .withElsewhere(
                            "postgresql",
                            new JdbcAccess("jdbc:postgresql://127.0.0.1:1/postgres", "a", "b"))))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("PostgreSQL at jdbc:postgresql://127.0.0.1:1/postgres does not ");
    assertRefused(
        StackOptions.forServers(Set.of("mysql"))
            .withElsewhere("mysql", new JdbcAccess("jdbc:mariadb://127.0.0.1/", "a", "b")),
        "The URL of MySQL must begin with jdbc:mysql:// but is jdbc:mariadb://127.0.0.1/");
  }

  private static void assertRefused(StackOptions options, String message) {
    assertThatThrownBy(() -> LocalStack.start(options))
        .isInstanceOf(StackException.class)
        .hasMessage(message);
  }

  private static void leaveInDoubt(TicketingSystem system, String branch) throws SQLException {
    String xid = "'%s','1'".formatted(branch);
    execute(
        system.database("payment"),
        "CREATE TABLE payment (id int)",
        "BEGIN",
        "INSERT INTO payment VALUES (1)",
        "PREPARE TRANSACTION 'ours'");
    execute(
        system.database("point"),
        "CREATE TABLE wallet (id int)",
        "XA START " + xid,
        "INSERT INTO wallet VALUES (1)",
        "XA END " + xid,
        "XA PREPARE " + xid);
  }

  private static void leaveInDoubt(JdbcAccess server, String branch) throws SQLException {
    execute(
        server,
        "CREATE DATABASE " + branch,
        "CREATE TABLE " + branch + ".account (id int)",
        "XA START '" + branch + "'",
        "INSERT INTO " + branch + ".account VALUES (1)",
        "XA END '" + branch + "'",
        "XA PREPARE '" + branch + "'");
  }

  private static List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    for (var query :
        Map.of(postgres, "SELECT datname FROM pg_database", mysql, "SHOW DATABASES").entrySet()) {
      try (var connection = query.getKey().connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(query.getValue())) {
        while (rows.next()) {
          if (!rows.getString(1).equals("theirs")) {
            names.add(rows.getString(1));
          }
        }
      }
    }
    return names.stream().sorted().toList();
  }

  private static void execute(JdbcAccess database, String... statements) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}

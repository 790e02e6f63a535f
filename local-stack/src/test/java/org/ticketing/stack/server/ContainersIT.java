package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse.Mount;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.EngineContainers;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Databases;

/** Databases in containers do everything that the others do. */
@EnabledIf(value = "isFound", disabledReason = "there is no Docker engine")
class ContainersIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int COMMITS = 50;

  private static LocalStack stack;

  static boolean isFound() {
    return ContainerEngine.isFound();
  }

  @BeforeAll
  static void start() {
    stack = LocalStack.start(options("postgresql", "mysql"));
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @Test
  void sayThatTheyAreDurableAndRunInAContainer() {
    assertThat(stack.durability())
        .hasSize(2)
        .allSatisfy(
            durability -> {
              assertThat(durability.server()).endsWith(" in a container");
              assertThat(durability.shortcomings()).isEmpty();
            });
    assertThat(stack.postgres().durability().settings())
        .containsEntry("fsync", "on")
        .containsEntry("max_prepared_transactions", "500");
    assertThat(stack.mysql().durability().settings())
        .containsEntry("innodb_flush_log_at_trx_commit", "1")
        .containsEntry("log_bin", "OFF");
  }

  @Test
  void forceEveryCommit() {
    assertThat(stack.probeDurability(COMMITS))
        .hasSize(2)
        .allSatisfy(probe -> assertThat(probe.isDurable()).isTrue());
  }

  @Test
  void countTheStatementsOfMysqlAlone() {
    assertThat(stack.postgres().countsStatements()).isFalse();
    assertThat(stack.mysql().countsStatements()).isTrue();
  }

  @Test
  void keepWhatWasCommittedAndPreparedOverKillAndTheirPort() throws SQLException {
    JdbcAccess postgres = stack.postgres().createDatabase("killed");
    execute(
        postgres,
        "CREATE TABLE seat (id int)",
        "INSERT INTO seat VALUES (1)",
        "BEGIN",
        "INSERT INTO seat VALUES (2)",
        "PREPARE TRANSACTION 'branch'");
    JdbcAccess mysql = stack.mysql().createDatabase("killed");
    execute(
        mysql,
        "CREATE TABLE wallet (id int)",
        "INSERT INTO wallet VALUES (1)",
        "XA START 'branch'",
        "INSERT INTO wallet VALUES (2)",
        "XA END 'branch'",
        "XA PREPARE 'branch'");

    killAndRestart(stack.postgres());
    killAndRestart(stack.mysql());

    execute(postgres, "COMMIT PREPARED 'branch'");
    execute(mysql, "XA COMMIT 'branch'");
    assertThat(count(postgres, "seat")).isEqualTo(2);
    assertThat(count(mysql, "wallet")).isEqualTo(2);
    assertThat(stack.unexpectedDeath()).isNotDone();
  }

  private static void killAndRestart(DatabaseServer server) {
    StackProcess process = server.process();
    long pid = process.pid();

    process.kill();
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(server.admin()::connect).isInstanceOf(SQLException.class);
    process.restart();

    assertThat(process.pid()).isNotEqualTo(pid);
    assertThat(process.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql"})
  void answerNothingWhilePaused(String name) throws SQLException {
    DatabaseServer server = (DatabaseServer) stack.server(name);
    server.process().pause();
    server.process().pause();
    assertThatThrownBy(hurried(server)::connect).isInstanceOf(SQLException.class);

    server.process().resume();
    server.process().resume();

    assertThat(DatabaseServer.isReady(server.admin())).isTrue();
  }

  /** Gives up after a second: PostgreSQL's driver counts in seconds, MySQL's in milliseconds. */
  private static JdbcAccess hurried(DatabaseServer server) {
    JdbcAccess admin = server.admin();
    return new JdbcAccess(
        admin.url() + (server == stack.postgres() ? "?socketTimeout=1" : "&socketTimeout=1000"),
        admin.user(),
        admin.password());
  }

  @Test
  void comeBackAfterTheyWereKilledWhilePaused() throws SQLException {
    StackProcess postgres = stack.postgres().process();
    postgres.pause();

    postgres.restart();

    assertThat(DatabaseServer.isReady(stack.postgres().admin())).isTrue();
  }

  @Test
  void logToTheFolderOfTheRun() throws IOException {
    assertThat(stack.postgres().process().log()).startsWith(stack.directory());
    assertThat(Files.readString(stack.postgres().process().log()))
        .contains("database system is ready to accept connections");
    assertThat(Files.readString(stack.mysql().process().log())).contains("ready for connections");
  }

  @Test
  void listenOnTheLoopbackInterfaceAlone() throws IOException {
    Loopback.assertAloneListensAt(stack.postgres().process().port());
    Loopback.assertAloneListensAt(stack.mysql().process().port());
  }

  @Test
  void areRemovedWithTheirDataAtTheEnd() {
    List<String> volumes;
    LocalStack other = LocalStack.start(options("postgresql"));
    try (other) {
      volumes =
          EngineContainers.of(other.directory()).stream()
              .map(found -> EngineContainers.engine().inspectContainerCmd(found.getId()).exec())
              .flatMap(container -> container.getMounts().stream())
              .map(Mount::getName)
              .toList();
    }

    assertThat(EngineContainers.of(other.directory())).isEmpty();
    assertThat(volumes)
        .isNotEmpty()
        .allSatisfy(
            volume ->
                assertThatThrownBy(EngineContainers.engine().inspectVolumeCmd(volume)::exec)
                    .isInstanceOf(NotFoundException.class));
  }

  @Test
  void reportADeathThatNobodyAskedFor() {
    try (LocalStack other = LocalStack.start(options("postgresql"))) {
      String id = EngineContainers.of(other.directory()).get(0).getId();

      EngineContainers.engine().killContainerCmd(id).withSignal("KILL").exec();

      await().atMost(SOON).untilAsserted(() -> assertThat(other.unexpectedDeath()).isDone());
      assertThat(other.unexpectedDeath().join().toString())
          .contains("postgresql", "was ended by signal 9");
    }
  }

  @Test
  void needAnImageThatCanBePulled() {
    System.setProperty("ticketing.image.postgresql", "127.0.0.1:1/none:1");
    try {
      assertThatThrownBy(() -> LocalStack.start(options("postgresql")))
          .isInstanceOf(StackException.class)
          .hasMessageStartingWith("The image 127.0.0.1:1/none:1 cannot be pulled: ")
          .message()
          .hasLineCount(1);
    } finally {
      System.clearProperty("ticketing.image.postgresql");
    }
  }

  private static StackOptions options(String... servers) {
    return StackOptions.forServers(Set.of(servers)).withDatabases(Databases.DOCKER);
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

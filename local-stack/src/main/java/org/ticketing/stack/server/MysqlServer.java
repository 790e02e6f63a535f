package org.ticketing.stack.server;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlXAConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;

/** A MariaDB that the stack starts, or a MySQL or MariaDB that runs elsewhere. */
final class MysqlServer extends DatabaseServer {

  static final String NAME = "mysql";
  static final String LABEL = "MySQL";

  /** The name of its process. */
  private static final String PROCESS = "mariadb";

  private static final String USER = "ticketing";

  /** What the names of counters of statements begin with. */
  private static final String STATEMENTS = "Com_";

  /** The question for the counters itself, and executions, which are counted by kind, too. */
  private static final Set<String> NOT_SENT =
      Set.of("Com_show_status", "Com_stmt_execute", "Com_stmt_prepare", "Com_stmt_close");

  /** The scripts that MariaDB's own installation runs, in its order, without the help. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "mariadb_sys_schema.sql");

  private MysqlServer(JdbcAccess admin, Optional<StackProcess> process, String prefix) {
    super(admin, process, prefix);
  }

  /** Uses a server that runs already. */
  static MysqlServer elsewhere(JdbcAccess admin, String prefix) {
    if (!admin.url().startsWith("jdbc:mysql://")) {
      throw new StackException(
          "The URL of MySQL or MariaDB must begin with jdbc:mysql:// but is " + admin.url());
    }
    return new MysqlServer(admin, Optional.empty(), prefix);
  }

  /** Creates a server's data and starts it. */
  static MysqlServer start(Run run) {
    Path home = run.binaries().mariadb();
    String password = Secrets.random(16);
    Path data = run.directory().data(PROCESS);
    run.progress("creating MariaDB's data");
    initialize(run, home, data, password);

    run.progress("starting MariaDB");
    int port = run.ports().any();
    List<String> arguments = arguments(run, home, data);
    arguments.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            // Relative to the data folder: the path of a socket may have about 100 characters.
            "--socket=mariadb.sock",
            "--pid-file=mariadb.pid",
            "--skip-name-resolve",
            "--skip-ssl",
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=1",
            "--transaction-isolation=READ-COMMITTED",
            "--character-set-server=utf8mb4",
            "--max-connections=500"));
    var admin =
        new JdbcAccess("jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED", USER, password);
    StackProcess process =
        run.start(
            run.command(PROCESS, arguments, Map.of(), Command.KILL),
            port,
            () -> isReady(admin),
            START_DEADLINE);
    return new MysqlServer(admin, Optional.of(process), "");
  }

  private static List<String> arguments(Run run, Path home, Path data) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                home.resolve("bin").resolve("mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                // A folder of its own: in a shared one, a start fails on what others delete.
                "--tmpdir=" + run.directory().data(PROCESS + "-tmp"),
                "--lc-messages-dir=" + home.resolve("share")));
    if (run.directory().uid() == 0) {
      arguments.add("--user=root");
    }
    return arguments;
  }

  /** Does what mariadb-install-db does, which fails where paths contain spaces. */
  private static void initialize(Run run, Path home, Path data, String password) {
    List<String> arguments = arguments(run, home, data);
    arguments.addAll(
        List.of(
            "--bootstrap",
            "--silent-startup",
            "--skip-log-bin",
            "--log-warnings=0",
            "--enforce-storage-engine=",
            "--max-allowed-packet=8M",
            "--net-buffer-length=16K"));
    List<InputStream> script = new ArrayList<>();
    script.add(sql("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"));
    try {
      Files.createDirectories(data);
      for (String tables : SYSTEM_TABLES) {
        script.add(Files.newInputStream(home.resolve("share").resolve(tables)));
      }
      script.add(
          sql(
              """

              FLUSH PRIVILEGES;
              DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
              FLUSH PRIVILEGES;
              CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
              GRANT ALL ON *.* TO '%1$s'@'127.0.0.1';
              """
                  .formatted(USER, password)));
      try (var input = new SequenceInputStream(Collections.enumeration(script))) {
        run.children().run(run.command(PROCESS, arguments, Map.of(), Command.KILL), input);
      }
    } catch (IOException e) {
      throw new StackException("Cannot create MariaDB's data: " + e.getMessage(), e);
    }
  }

  private static InputStream sql(String statements) {
    return new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  String label() {
    return LABEL;
  }

  @Override
  String settingsQuery() {
    return """
        SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'innodb_flush_log_at_trx_commit',
          'innodb_doublewrite', 'innodb_flush_method', 'log_bin', 'sync_binlog')""";
  }

  @Override
  String takeVersion(Map<String, String> settings) {
    String version = settings.remove("version");
    return version.contains("MariaDB") ? "MariaDB " + version : "MySQL " + version;
  }

  @Override
  List<String> shortcomings(Map<String, String> settings) {
    List<String> found = new ArrayList<>();
    require(settings, "innodb_flush_log_at_trx_commit", Set.of("1"), found);
    require(settings, "innodb_doublewrite", Set.of("ON", "DETECT_AND_RECOVER"), found);
    if ("ON".equals(settings.get("log_bin"))) {
      require(settings, "sync_binlog", Set.of("1"), found);
    }
    if ("nosync".equals(settings.get("innodb_flush_method"))) {
      found.add("innodb_flush_method is nosync");
    }
    return found;
  }

  /**
   * MySQL counts the forced writes of the log apart. MariaDB, from version 10.8 on, counts those of
   * all files of InnoDB together; those of data files are few, and made in background.
   */
  @Override
  public DatabaseCounters counters(Connection connection) throws SQLException {
    Map<String, Long> status = new TreeMap<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Com\\_%' OR Variable_name IN
                  ('Innodb_os_log_fsyncs', 'Innodb_data_fsyncs', 'Innodb_os_log_written')""")) {
      while (rows.next()) {
        status.put(rows.getString(1), rows.getLong(2));
      }
    }
    Map<String, Long> statements = new TreeMap<>();
    status.forEach(
        (name, count) -> {
          if (name.startsWith(STATEMENTS) && !NOT_SENT.contains(name)) {
            statements.put(
                name.substring(STATEMENTS.length()).replace('_', ' ').toUpperCase(Locale.ROOT),
                count);
          }
        });
    return new DatabaseCounters(
        status.getOrDefault("Innodb_os_log_fsyncs", status.get("Innodb_data_fsyncs")),
        0,
        status.get("Innodb_os_log_written"),
        Map.of(NAME, statements));
  }

  /**
   * The server lists the branches of all its databases. On one that runs elsewhere, only this run's
   * are rolled back. Their identifiers have a branch qualifier, as those of all drivers: without
   * one, the driver could not roll them back.
   */
  @Override
  void rollBackBranches(Connection admin, JdbcAccess database, String run) throws SQLException {
    // Should somebody else's branch hold a lock on a table of this run, fail instead of waiting.
    execute(admin, "SET SESSION lock_wait_timeout = 10");
    var branches = new MysqlXAConnection(admin.unwrap(JdbcConnection.class), false);
    try {
      for (var branch :
          branches.recover(MysqlXAConnection.TMSTARTRSCAN | MysqlXAConnection.TMENDRSCAN)) {
        String global = new String(branch.getGlobalTransactionId(), StandardCharsets.ISO_8859_1);
        String own = new String(branch.getBranchQualifier(), StandardCharsets.ISO_8859_1);
        if (!isElsewhere() || (global + own).contains(run)) {
          branches.rollback(branch);
        }
      }
    } catch (Exception failure) {
      throw failure instanceof SQLException sql ? sql : new SQLException(failure);
    }
  }

  @Override
  String dropStatement(String name) {
    return "DROP DATABASE " + name;
  }
}

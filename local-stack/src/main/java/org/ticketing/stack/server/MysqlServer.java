package org.ticketing.stack.server;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlXAConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ticketing.stack.process.StackProcess;

/** A MariaDB or MySQL, started by the stack or running elsewhere. */
final class MysqlServer extends DatabaseServer {

  static final String NAME = "mysql";
  static final String LABEL = "MySQL";
  static final String USER = "ticketing";

  private static final String MARIADB = "MariaDB";

  /** What the names of counters of statements begin with. */
  private static final String STATEMENTS = "Com_";

  /** The question for the counters itself, and executions, which are counted by kind, too. */
  private static final Set<String> NOT_SENT =
      Set.of("Com_show_status", "Com_stmt_execute", "Com_stmt_prepare", "Com_stmt_close");

  private MysqlServer(JdbcAccess admin, Optional<StackProcess> process, String prefix) {
    super(admin, process, prefix);
  }

  /** Uses a server that runs already. */
  static MysqlServer elsewhere(JdbcAccess admin, String prefix) {
    return new MysqlServer(admin, Optional.empty(), prefix);
  }

  /** Uses the server of a process that the stack has started. */
  static MysqlServer here(JdbcAccess admin, StackProcess process) {
    return new MysqlServer(admin, Optional.of(process), "");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  String label() {
    return LABEL;
  }

  /** MySQL's own client has to be allowed to fetch the key that it sends the password with. */
  @Override
  String client() {
    return isMariadb() ? "mariadb" : "mysql --get-server-public-key";
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
    return version.contains(MARIADB)
        ? MARIADB + " " + version.replaceFirst("-.*", "")
        : LABEL + " " + version;
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
   * Has each session of MySQL force the log by itself, so that the server counts the forced writes
   * that somebody waits for. By default, threads of its own write the log as soon as there is
   * something to write, and force it each time: also after each statement of a transaction, for
   * which nobody waits.
   */
  @Override
  public void countPrecisely(boolean precisely) throws SQLException {
    if (isElsewhere() || isMariadb()) {
      return;
    }
    try (var connection = admin().connect()) {
      execute(
          connection, "SET GLOBAL innodb_log_writer_threads = " + (precisely ? "OFF" : "DEFAULT"));
    }
  }

  private boolean isMariadb() {
    return durability().server().startsWith(MARIADB);
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

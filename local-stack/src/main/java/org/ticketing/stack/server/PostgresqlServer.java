package org.ticketing.stack.server;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.Programs;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;

/** A PostgreSQL that the stack starts, or that runs elsewhere. */
final class PostgresqlServer extends DatabaseServer {

  static final String NAME = "postgresql";
  static final String LABEL = "PostgreSQL";

  static final String USER = "ticketing";

  /** The database that an administrator connects to. */
  static final String ADMINISTRATORS_DATABASE = "postgres";

  /** What the protocols rely on. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "max_connections", "500",
          "max_prepared_transactions", "500");

  /** A line of its log with a statement. Those of two-phase commit have two words. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?<database>\\S+) LOG:  (?:statement|execute [^:]*): "
              + "(?<kind>PREPARE TRANSACTION|COMMIT PREPARED|ROLLBACK PREPARED|\\w+)");

  private PostgresqlServer(JdbcAccess admin, Optional<StackProcess> process, String prefix) {
    super(admin, process, prefix);
  }

  /** Uses a server that runs already. */
  static PostgresqlServer elsewhere(JdbcAccess admin, String prefix) {
    return new PostgresqlServer(admin, Optional.empty(), prefix);
  }

  /** Uses the server of a process that the stack has started. */
  static PostgresqlServer here(JdbcAccess admin, StackProcess process) {
    return new PostgresqlServer(admin, Optional.of(process), "");
  }

  /** Creates a server's data and starts it. */
  static PostgresqlServer start(Run run) {
    Path bin = run.binaries().postgresql().resolve("bin");
    List<String> user = unprivileged(run);
    String password = Secrets.random(16);
    Path data = run.directory().data(NAME).resolve("cluster");
    run.progress("creating " + LABEL + "'s data");
    initialize(run, bin, user, data, password);

    run.progress("starting " + LABEL);
    int port = run.ports().any();
    List<String> arguments = new ArrayList<>(user);
    arguments.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
    arguments.addAll(options(SETTINGS));
    arguments.addAll(options(endpoint(port)));
    var admin =
        new JdbcAccess(
            "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port, ADMINISTRATORS_DATABASE),
            USER,
            password);
    StackProcess process =
        run.start(
            run.command(NAME, arguments, Map.of(), Command.QUIT),
            port,
            () -> isReady(admin),
            START_DEADLINE);
    return here(admin, process);
  }

  private static Map<String, String> endpoint(int port) {
    return Map.of(
        "port", String.valueOf(port),
        "listen_addresses", "127.0.0.1",
        "unix_socket_directories", "");
  }

  /** The options that give a server these settings. */
  static List<String> options(Map<String, String> settings) {
    return settings.entrySet().stream()
        .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()))
        .toList();
  }

  private static void initialize(Run run, Path bin, List<String> user, Path data, String password) {
    Path passwordFile = data.resolveSibling("password");
    // Shared memory is kept in the data folder, so that it is deleted even if the server is killed.
    List<String> arguments = new ArrayList<>(user);
    arguments.addAll(
        List.of(
            bin.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--set=dynamic_shared_memory_type=mmap"));
    try {
      Files.writeString(passwordFile, password);
      run.children()
          .run(run.command(NAME, arguments, Map.of(), Command.KILL), InputStream.nullInputStream());
      Files.delete(passwordFile);
    } catch (IOException e) {
      throw new StackException("Cannot write " + passwordFile + ": " + e.getMessage(), e);
    }
  }

  /** PostgreSQL refuses to run as root. In a user namespace of its own it does not notice. */
  private static List<String> unprivileged(Run run) {
    if (run.directory().uid() != 0) {
      return List.of();
    }
    if (!Programs.succeeds("unshare", "--user", "true")) {
      throw new StackException(
          "PostgreSQL does not run as root, and this machine allows root no user namespace:"
              + " use an ordinary user, or a server that runs elsewhere with --postgres.");
    }
    return List.of("unshare", "--user");
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
  String client() {
    return "psql";
  }

  @Override
  String settingsQuery() {
    return """
        SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'fsync',
          'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'max_prepared_transactions')
        ORDER BY name""";
  }

  @Override
  String takeVersion(Map<String, String> settings) {
    return LABEL + " " + settings.remove("server_version");
  }

  @Override
  List<String> shortcomings(Map<String, String> settings) {
    List<String> found = new ArrayList<>();
    require(settings, "fsync", Set.of("on"), found);
    require(settings, "full_page_writes", Set.of("on"), found);
    require(
        settings,
        "synchronous_commit",
        Set.of("on", "local", "remote_write", "remote_apply"),
        found);
    if ("0".equals(settings.get("max_prepared_transactions"))) {
      found.add("max_prepared_transactions is 0, two-phase commit needs some hundred");
    }
    return found;
  }

  @Override
  public DatabaseCounters counters(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET log_statement = 'none'");
      statement.execute("SELECT pg_stat_force_next_flush()");
      try (var row = statement.executeQuery(countersQuery(connection))) {
        row.next();
        return new DatabaseCounters(
            row.getLong(1), row.getLong(2), row.getLong(3), statementsInLog());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * A query for the forced writes of sessions, those in background, and the bytes of the log. Where
   * each write is forced by the way the file was opened, no forced writes are counted but writes.
   */
  private static String countersQuery(Connection connection) throws SQLException {
    String log = "pg_current_wal_insert_lsn() - '0/0'::pg_lsn";
    String isForcedByWriting = "current_setting('wal_sync_method') LIKE 'open%'";
    return connection.getMetaData().getDatabaseMajorVersion() < 18
        ? "SELECT CASE WHEN %s THEN wal_write ELSE wal_sync END, 0, %s FROM pg_stat_wal"
            .formatted(isForcedByWriting, log)
        : """
          SELECT coalesce(sum(forced) FILTER (WHERE backend_type = 'client backend'), 0),
                 coalesce(sum(forced) FILTER (WHERE backend_type <> 'client backend'), 0),
                 %s
          FROM (SELECT backend_type, CASE WHEN %s THEN writes ELSE fsyncs END AS forced
                FROM pg_stat_io WHERE object = 'wal') AS io"""
            .formatted(log, isForcedByWriting);
  }

  /**
   * They are found in its log. That of one that runs elsewhere is out of reach, and that of a
   * container comes late.
   */
  @Override
  public boolean countsStatements() {
    return !isElsewhere() && !isInContainer();
  }

  /** Lets it log every statement. */
  @Override
  public void countPrecisely(boolean precisely) throws SQLException {
    if (!countsStatements()) {
      return;
    }
    try (var connection = admin().connect()) {
      for (String setting : List.of("log_statement = 'all'", "log_line_prefix = '%d '")) {
        execute(
            connection,
            precisely
                ? "ALTER SYSTEM SET " + setting
                : "ALTER SYSTEM RESET " + setting.substring(0, setting.indexOf(' ')));
      }
      execute(connection, "SELECT pg_reload_conf()");
    }
  }

  /** The statements that it has logged so far, by database and by kind. */
  private Map<String, Map<String, Long>> statementsInLog() throws IOException {
    if (!countsStatements()) {
      return Map.of();
    }
    try (var lines = Files.lines(process().log())) {
      return lines
          .map(STATEMENT::matcher)
          .filter(Matcher::lookingAt)
          .collect(
              groupingBy(
                  statement -> statement.group("database"),
                  TreeMap::new,
                  groupingBy(
                      statement -> statement.group("kind").toUpperCase(Locale.ROOT),
                      TreeMap::new,
                      counting())));
    }
  }

  @Override
  void rollBackBranches(Connection admin, JdbcAccess database, String run) throws SQLException {
    try (var connection = database.connect();
        var query = connection.createStatement();
        var branches =
            query.executeQuery(
                "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
      while (branches.next()) {
        execute(connection, "ROLLBACK PREPARED '" + branches.getString(1).replace("'", "''") + "'");
      }
    }
  }

  @Override
  String dropStatement(String name) {
    return "DROP DATABASE " + name + " WITH (FORCE)";
  }
}

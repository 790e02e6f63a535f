package org.ticketing.stack.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;

/**
 * A PostgreSQL, MySQL or MariaDB server, started by the stack, also in a container, or running
 * elsewhere.
 */
public abstract class DatabaseServer implements Server {

  /** The time in which a server that is started must answer. */
  static final Duration START_DEADLINE = Duration.ofSeconds(60);

  /** PostgreSQL adds up what a session has done when it was idle for so long, or before. */
  public static final Duration COUNTED_AFTER = Duration.ofSeconds(11);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final JdbcAccess admin;
  private final Optional<StackProcess> process;
  private final String prefix;
  private final Durability durability;

  /**
   * Uses a running server.
   *
   * @param process its process, if the stack has started it
   * @param prefix what the names of this run's databases begin with
   * @throws StackException if it does not answer
   */
  DatabaseServer(JdbcAccess admin, Optional<StackProcess> process, String prefix) {
    this.admin = admin;
    this.process = process;
    this.prefix = prefix;
    this.durability = askDurability();
  }

  @Override
  public Kind kind() {
    return Kind.DATABASE;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  /** Access with every right on the server. */
  public JdbcAccess admin() {
    return admin;
  }

  @Override
  public Optional<StackProcess> processIfHere() {
    return process;
  }

  @Override
  public StackProcess process() {
    return process.orElseThrow(
        () -> new StackException(label() + " runs elsewhere: its process is out of reach."));
  }

  /** Whether the stack uses it without having started it. */
  public boolean isElsewhere() {
    return process.isEmpty();
  }

  /** Whether the stack has started it in a container. */
  public boolean isInContainer() {
    return process.filter(StackProcess::isInContainer).isPresent();
  }

  /** Whether it runs, as far as the stack can tell. */
  public boolean isReachable() {
    return process.map(StackProcess::isAlive).orElse(true);
  }

  /**
   * Creates an empty database. On a server that runs elsewhere, its name begins with the run's id.
   *
   * @param name of lower case letters, digits and underscores
   * @throws StackException if it exists already
   */
  public JdbcAccess createDatabase(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new StackException("Not a name for a database: " + name);
    }
    try (var connection = admin.connect()) {
      execute(connection, "CREATE DATABASE " + prefix + name);
    } catch (SQLException e) {
      throw new StackException(
          "%s cannot create database %s: %s".formatted(label(), prefix + name, oneLine(e)), e);
    }
    return admin.withDatabase(prefix + name);
  }

  /**
   * Drops the database. Rolls back its prepared branches first, which would prevent it.
   *
   * @param run the run's id, which the identifiers of its global transactions contain
   */
  public void dropDatabase(JdbcAccess database, String run) {
    String name = database.database();
    // A branch cannot be rolled back until the server has noticed that its client is dead.
    for (int triesLeft = 10; ; triesLeft--) {
      try (var connection = admin.connect()) {
        rollBackBranches(connection, database, run);
        execute(connection, dropStatement(name));
        return;
      } catch (SQLException e) {
        if (triesLeft == 0) {
          throw new StackException(
              "%s cannot drop database %s: %s".formatted(label(), name, oneLine(e)), e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** The command, with the password, that opens one of its databases in a terminal. */
  public String clientCommand(JdbcAccess database) {
    return database.clientCommand(client());
  }

  /** The program, with options, that opens a database in a terminal. */
  abstract String client();

  /**
   * Counts how often the server forces its log while one connection commits.
   *
   * @throws StackException if the server does not answer
   */
  public DurabilityProbe probe(int commits) {
    JdbcAccess database = createDatabase("durability_probe");
    try (var connection = database.connect()) {
      execute(connection, "CREATE TABLE probe (number INT)");
      long before = counters(connection).forcedWrites();
      for (int number = 0; number < commits; number++) {
        execute(connection, "INSERT INTO probe VALUES (" + number + ")");
      }
      return new DurabilityProbe(
          durability().server(), commits, counters(connection).forcedWrites() - before);
    } catch (SQLException e) {
      throw new StackException("%s cannot be probed: %s".formatted(label(), oneLine(e)), e);
    } finally {
      drop(database);
    }
  }

  private void drop(JdbcAccess database) {
    try (var connection = admin.connect()) {
      execute(connection, dropStatement(database.database()));
    } catch (SQLException e) {
      throw new StackException(
          "%s cannot drop database %s: %s".formatted(label(), database.database(), oneLine(e)), e);
    }
  }

  /**
   * What the server has counted of itself. What other sessions did in the last {@link
   * #COUNTED_AFTER} may be missing.
   *
   * @param connection to the server, as {@link #admin}, which is not in a transaction
   */
  public abstract DatabaseCounters counters(Connection connection) throws SQLException;

  /**
   * Has the server count what is counted in {@link #counters}, as precisely as it can, or stops
   * that. Its speed is another meanwhile. A server that needs nothing for it does nothing.
   */
  public void countPrecisely(boolean precisely) throws SQLException {}

  /** Whether {@link #counters} has the statements, as long as it counts precisely. */
  public boolean countsStatements() {
    return !isElsewhere();
  }

  /** The name that users know the server by. */
  abstract String label();

  /** A query for rows of a setting's name and value, among them the version. */
  abstract String settingsQuery();

  /** Removes the version from the settings, and puts it behind the product's name. */
  abstract String takeVersion(Map<String, String> settings);

  /** What is wrong with the settings, in short phrases. */
  abstract List<String> shortcomings(Map<String, String> settings);

  abstract void rollBackBranches(Connection admin, JdbcAccess database, String run)
      throws SQLException;

  abstract String dropStatement(String name);

  /** Whether the server answers. */
  static boolean isReady(JdbcAccess admin) throws SQLException {
    try (var connection = admin.connect()) {
      return connection.isValid(1);
    }
  }

  static void require(
      Map<String, String> settings, String name, Set<String> durable, List<String> shortcomings) {
    String value = settings.get(name);
    if (!durable.contains(value)) {
      shortcomings.add(name + " is " + value);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public String toString() {
    return label() + " at " + admin.url();
  }

  private Durability askDurability() {
    Map<String, String> settings = new LinkedHashMap<>();
    try (var connection = admin.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(settingsQuery())) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException e) {
      throw new StackException(
          "%s at %s does not answer: %s".formatted(label(), admin.url(), oneLine(e)), e);
    }
    List<String> shortcomings = shortcomings(settings);
    String version = takeVersion(settings);
    return new Durability(
        isInContainer() ? version + " in a container" : version, settings, shortcomings);
  }

  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}

package org.ticketing.stack.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;

/** A PostgreSQL, MySQL or MariaDB server, started by the stack or running elsewhere. */
public abstract class DatabaseServer implements Server {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final String name;
  private final String label;
  private final JdbcAccess admin;
  private final Optional<StackProcess> process;
  private final String prefix;
  private final Durability durability;

  /** Asks the server at once whether it is durable, and refuses it if it is not. */
  DatabaseServer(
      String name, String label, JdbcAccess admin, Optional<StackProcess> process, String prefix) {
    this.name = name;
    this.label = label;
    this.admin = admin;
    this.process = process;
    this.prefix = prefix;
    this.durability = askDurability();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return Kind.DATABASE;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  /** With every right on the server. */
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
        () -> new StackException(label + " runs elsewhere: its process is out of reach."));
  }

  public boolean isElsewhere() {
    return process.isEmpty();
  }

  public boolean isReachable() {
    return process.map(StackProcess::isAlive).orElse(true);
  }

  /**
   * Creates an empty database. On a server that runs elsewhere its name gets a prefix of this run.
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
          "%s cannot create database %s: %s".formatted(label, prefix + name, oneLine(e)), e);
    }
    return admin.withDatabase(prefix + name);
  }

  /**
   * Drops the database with the prepared branches in it, which would block it.
   *
   * @param run what the global transactions of this run have in their identifiers
   */
  public void dropDatabase(JdbcAccess database, String run) {
    String name = database.database();
    // A branch cannot be touched until the server has noticed that its client is dead.
    for (int triesLeft = 10; ; triesLeft--) {
      try (var connection = admin.connect()) {
        rollBackBranches(connection, database, run);
        execute(connection, dropStatement(name));
        return;
      } catch (SQLException e) {
        if (triesLeft == 0) {
          throw new StackException(
              "%s cannot drop database %s: %s".formatted(label, name, oneLine(e)), e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Answers rows of a setting's name and value, among them the version. */
  abstract String settingsQuery();

  /** Takes the version out of the settings. */
  abstract String takeVersion(Map<String, String> settings);

  /** What is wrong with the settings; each a short phrase. */
  abstract List<String> shortcomings(Map<String, String> settings);

  abstract void rollBackBranches(Connection admin, JdbcAccess database, String run)
      throws SQLException;

  abstract String dropStatement(String name);

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
          "%s at %s does not answer: %s".formatted(label, admin.url(), oneLine(e)), e);
    }
    List<String> shortcomings = new ArrayList<>(shortcomings(settings));
    if (!shortcomings.isEmpty()) {
      throw new StackException(
          "%s at %s cannot be used: %s."
              .formatted(label, admin.url(), String.join(", ", shortcomings)));
    }
    return new Durability(takeVersion(settings), settings);
  }

  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}

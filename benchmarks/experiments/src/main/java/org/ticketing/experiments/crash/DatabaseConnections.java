package org.ticketing.experiments.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.stack.server.JdbcAccess;

/** The connections to a database, as its server sees them. */
final class DatabaseConnections {

  /** MySQL's error code for a connection that has ended by itself in the meantime. */
  private static final int NO_SUCH_THREAD = 1094;

  private DatabaseConnections() {}

  /**
   * Lets the server end all of them but the one that asks for it.
   *
   * @throws CrashException if there was none, or the server did not end them
   */
  static void cut(JdbcAccess database) {
    boolean mysql = database.url().startsWith("jdbc:mysql:");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if ((mysql ? cutOnMysql(statement) : cutOnPostgresql(statement)) == 0) {
        throw new CrashException("there was no database connection to cut");
      }
    } catch (SQLException failure) {
      throw new CrashException("Connections could not be cut: " + failure.getMessage());
    }
  }

  private static int cutOnPostgresql(Statement statement) throws SQLException {
    try (ResultSet cut =
        statement.executeQuery(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
      cut.next();
      return cut.getInt(1);
    }
  }

  private static int cutOnMysql(Statement statement) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT id FROM information_schema.processlist"
                + " WHERE db = database() AND id <> connection_id()")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    int cut = 0;
    for (String id : ids) {
      try {
        statement.execute("KILL CONNECTION " + id);
        cut++;
      } catch (SQLException failure) {
        if (failure.getErrorCode() != NO_SUCH_THREAD) {
          throw failure;
        }
      }
    }
    return cut;
  }
}

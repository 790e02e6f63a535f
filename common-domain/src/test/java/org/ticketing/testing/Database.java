package org.ticketing.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.stack.server.JdbcAccess;

/** Direct access to the database of a service. */
public record Database(JdbcAccess access) {

  /** Returns the first column of the result. */
  public List<String> query(String sql) {
    try (Connection connection = access.connect();
        var statement = connection.createStatement()) {
      List<String> column = new ArrayList<>();
      if (statement.execute(sql)) {
        var rows = statement.getResultSet();
        while (rows.next()) {
          column.add(rows.getString(1));
        }
      }
      return column;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  public long count(String table, String condition) {
    return Long.parseLong(query("SELECT count(*) FROM " + table + " WHERE " + condition).get(0));
  }

  /** Locks rows until it is closed, so that a step that needs them waits. */
  public Lock lock(String table, String condition) {
    return locked("SELECT 1 FROM " + table + " WHERE " + condition + " FOR UPDATE");
  }

  /** Keeps others from changing the table until it is closed. PostgreSQL only. */
  public Lock lock(String table) {
    return locked("LOCK TABLE " + table + " IN SHARE MODE");
  }

  private Lock locked(String sql) {
    try {
      Connection connection = access.connect();
      connection.setAutoCommit(false);
      connection.createStatement().execute(sql);
      return new Lock(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** Whether a transaction waits for a lock. PostgreSQL only. */
  public boolean isSomebodyWaiting() {
    return isSomebodyWaitingTo("");
  }

  /**
   * As the other. PostgreSQL only.
   *
   * @param statement the beginning of the SQL that waits
   */
  public boolean isSomebodyWaitingTo(String statement) {
    return othersWhere("wait_event_type = 'Lock' AND query ILIKE '" + statement + "%'") > 0;
  }

  /**
   * Whether no process is connected, and no statement of a dead process is still running.
   * PostgreSQL only.
   */
  public boolean isDeserted() {
    return othersWhere("pid <> pg_backend_pid()") == 0;
  }

  /**
   * Closes connections to this database from the side of the server, and returns how many.
   * PostgreSQL only.
   *
   * @param condition on pg_stat_activity
   */
  public int endConnectionsWhere(String condition) {
    return query(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND """
                + " "
                + condition)
        .size();
  }

  private long othersWhere(String condition) {
    return count("pg_stat_activity", "datname = current_database() AND " + condition);
  }

  /** What a transaction has locked until it is closed. */
  public record Lock(Connection holder) implements AutoCloseable {

    /** Changes and commits, so that whoever waits for the lock sees it. */
    public void change(String sql) throws SQLException {
      holder.createStatement().execute(sql);
      holder.commit();
    }

    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }
}

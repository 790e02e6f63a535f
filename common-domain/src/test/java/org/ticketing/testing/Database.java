package org.ticketing.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.stack.server.JdbcAccess;

/** Looks into the database of a service behind its back. */
public record Database(JdbcAccess access) {

  /** The first column. */
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

  /** Holds the rows until it is closed, so that a step stops in front of them. */
  public Lock lock(String table, String condition) {
    return locked("SELECT 1 FROM " + table + " WHERE " + condition + " FOR UPDATE");
  }

  /** Keeps everybody from changing the table until it is closed. PostgreSQL alone. */
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

  /** A transaction waits for what somebody else has locked. PostgreSQL alone. */
  public boolean isSomebodyWaiting() {
    return isSomebodyWaitingTo("");
  }

  /**
   * PostgreSQL alone.
   *
   * @param statement how the SQL that waits begins
   */
  public boolean isSomebodyWaitingTo(String statement) {
    return othersWhere("wait_event_type = 'Lock' AND query ILIKE '" + statement + "%'") > 0;
  }

  /**
   * No process is connected, and no statement of a dead one is still under way. PostgreSQL alone.
   */
  public boolean isDeserted() {
    return othersWhere("pid <> pg_backend_pid()") == 0;
  }

  /**
   * Ends connections to this database at the server's end, and tells how many. PostgreSQL alone.
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

  /** What one transaction keeps from all others. */
  public record Lock(Connection holder) implements AutoCloseable {

    /** Visible to whoever waits for the lock. */
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

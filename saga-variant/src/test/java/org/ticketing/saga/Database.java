package org.ticketing.saga;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.stack.JdbcAccess;

/** Looks into the database of a service behind its back. */
record Database(JdbcAccess access) {

  /** The first column. */
  List<String> query(String sql) {
    try (Connection connection = access.connect();
        var statement = connection.createStatement()) {
      List<String> column = new ArrayList<>();
      var rows = statement.executeQuery(sql);
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  long count(String table, String condition) {
    return Long.parseLong(query("SELECT count(*) FROM " + table + " WHERE " + condition).get(0));
  }

  /** Holds the rows until it is closed, so that a step stops in front of them. */
  Lock lock(String table, String condition) {
    try {
      Connection connection = access.connect();
      connection.setAutoCommit(false);
      connection
          .createStatement()
          .executeQuery("SELECT 1 FROM " + table + " WHERE " + condition + " FOR UPDATE");
      return new Lock(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A transaction waits for a row that somebody else has. PostgreSQL alone. */
  boolean isSomebodyWaiting() {
    return count("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock'")
        > 0;
  }

  record Lock(Connection holder) implements AutoCloseable {

    /** Visible to whoever waits for the lock. */
    void change(String sql) throws SQLException {
      holder.createStatement().execute(sql);
      holder.commit();
    }

    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }
}

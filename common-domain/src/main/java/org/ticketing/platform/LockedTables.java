package org.ticketing.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * Tells whether branches in doubt keep tables locked. A migration of such a table would wait for a
 * coordinator.
 */
enum LockedTables {
  POSTGRESQL {
    /** A lock without a process is held by a prepared branch. */
    @Override
    boolean exist(Configuration migrations, Connection connection) throws SQLException {
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              SELECT EXISTS (
                SELECT 1 FROM pg_locks
                JOIN pg_database ON pg_database.oid = pg_locks.database
                JOIN pg_class ON pg_class.oid = pg_locks.relation
                JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
                WHERE pg_locks.pid IS NULL
                  AND pg_database.datname = current_database()
                  AND pg_namespace.nspname = ANY (?))""")) {
        query.setArray(1, connection.createArrayOf("text", migrations.getSchemas()));
        ResultSet row = query.executeQuery();
        return row.next() && row.getBoolean(1);
      }
    }
  },

  MYSQL {
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /**
     * The list of prepared branches does not say which tables they have locked, nor in which
     * database. So this tries to lock all tables of the process. Without autocommit, InnoDB's own
     * locks are waited for too.
     */
    @Override
    boolean exist(Configuration migrations, Connection connection) throws SQLException {
      List<String> tables = tables(connection);
      if (tables.isEmpty()) {
        return false;
      }
      connection.setAutoCommit(false);
      try (Statement lock = connection.createStatement()) {
        lock.execute(
            tables.stream()
                .map(table -> "`" + table + "` WRITE")
                .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
        lock.execute("UNLOCK TABLES");
        return false;
      } catch (SQLException failure) {
        if (failure.getErrorCode() == LOCK_WAIT_TIMEOUT) {
          return true;
        }
        throw failure;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }

    private List<String> tables(Connection connection) throws SQLException {
      try (Statement query = connection.createStatement()) {
        ResultSet rows =
            query.executeQuery(
                """
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = database() AND table_type = 'BASE TABLE'""");
        List<String> tables = new ArrayList<>();
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
        return tables;
      }
    }
  };

  /** Whether some exist among the tables that these migrations may change. */
  boolean exist(Configuration migrations) throws SQLException {
    try (Connection connection = migrations.getDataSource().getConnection()) {
      return exist(migrations, connection);
    }
  }

  abstract boolean exist(Configuration migrations, Connection connection) throws SQLException;
}

package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.server.JdbcAccess;

/**
 * The times in the tables of a database. To move them back has the same effect as to wait, and to
 * move them on has the same effect as a clock that is set back, as far as something is decided by a
 * time that is stored. What a transaction has locked keeps its times: a row on PostgreSQL, and the
 * table with such a row on MySQL.
 */
final class StoredTimes {

  private static final String POSTGRESQL_COLUMNS =
      """
      SELECT quote_ident(table_schema) || '.' || quote_ident(table_name), quote_ident(column_name)
      FROM information_schema.columns JOIN information_schema.tables
        USING (table_catalog, table_schema, table_name)
      WHERE table_type = 'BASE TABLE' AND data_type LIKE 'timestamp%'
        AND table_schema NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1, 2""";

  private static final String POSTGRESQL_MOVE =
      "UPDATE %1$s SET %2$s WHERE ctid = ANY (ARRAY (SELECT ctid FROM %1$s FOR UPDATE SKIP LOCKED))";

  private static final String MYSQL_COLUMNS =
      """
      SELECT concat('`', table_name, '`'), concat('`', column_name, '`')
      FROM information_schema.columns
      WHERE table_schema = database() AND data_type IN ('datetime', 'timestamp')
      ORDER BY 1, 2""";

  private static final String MYSQL_MOVE = "UPDATE %s SET %s";

  /** MySQL's error code for a lock that was not granted in time. */
  private static final int LOCKED = 1205;

  private StoredTimes() {}

  /**
   * Moves all of them.
   *
   * @param by in whole seconds; negative to move them back
   * @throws CrashException if the database does not do it
   */
  static void move(JdbcAccess database, Duration by) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (database.url().startsWith("jdbc:mysql:")) {
        moveOnMysql(statement, by.toSeconds());
      } else {
        moveOnPostgresql(statement, by.toSeconds());
      }
    } catch (SQLException failure) {
      throw new CrashException("Stored times could not be moved: " + failure.getMessage());
    }
  }

  private static void moveOnPostgresql(Statement statement, long seconds) throws SQLException {
    for (var columns : columnsByTable(statement, POSTGRESQL_COLUMNS).entrySet()) {
      statement.executeUpdate(
          POSTGRESQL_MOVE.formatted(
              columns.getKey(),
              changes(columns.getValue(), "%1$s = %1$s + make_interval(secs => %2$d)", seconds)));
    }
  }

  private static void moveOnMysql(Statement statement, long seconds) throws SQLException {
    statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
    for (var columns : columnsByTable(statement, MYSQL_COLUMNS).entrySet()) {
      try {
        statement.executeUpdate(
            MYSQL_MOVE.formatted(
                columns.getKey(),
                changes(columns.getValue(), "%1$s = %1$s + INTERVAL %2$d SECOND", seconds)));
      } catch (SQLException failure) {
        if (failure.getErrorCode() != LOCKED) {
          throw failure;
        }
      }
    }
  }

  private static Map<String, List<String>> columnsByTable(Statement statement, String query)
      throws SQLException {
    record Column(String table, String name) {}
    List<Column> columns = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
    }
    return columns.stream()
        .collect(groupingBy(Column::table, LinkedHashMap::new, mapping(Column::name, toList())));
  }

  private static String changes(List<String> columns, String change, long seconds) {
    return columns.stream().map(column -> change.formatted(column, seconds)).collect(joining(", "));
  }
}

package org.ticketing.platform.tracking;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Tells who waits for what a transaction has locked in the database of this process: a line each,
 * with the statement and since when it has waited. Waits for no lock itself. It is empty if nobody
 * waits, and also where the database does not let this process see it.
 */
public interface Waiters {

  static Waiters onPostgresql(JdbcClient jdbc) {
    return new WaitersOnPostgresql(jdbc);
  }

  /** For MySQL and MariaDB. */
  static Waiters onMysql(JdbcClient jdbc) {
    return new WaitersOnMysql(jdbc);
  }

  /** For the database of a connection, which is used for the questions and not closed. */
  static Waiters on(Connection connection) throws SQLException {
    var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    boolean isPostgresql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    return isPostgresql ? onPostgresql(jdbc) : onMysql(jdbc);
  }

  /**
   * Who waits for the lock of a row.
   *
   * @param column of the primary key
   */
  List<String> forRow(String table, String column, UUID id);

  /**
   * Who waits for what a prepared branch has locked.
   *
   * @param branch as {@code pg_prepared_xacts.gid} has it. MySQL does not tell which branch has
   *     locked what: there, these are all who wait for any branch that has no connection
   */
  List<String> forPrepared(String branch);

  /**
   * Who waits for what a connection has locked.
   *
   * @param session what the database calls the connection: its process or its thread
   */
  List<String> forSession(long session);
}

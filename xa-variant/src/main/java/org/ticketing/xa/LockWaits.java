package org.ticketing.xa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits in a database for the end of a branch, a line each. The list is empty where the
 * database does not let its user see it: MySQL and MariaDB want the right {@code PROCESS}, and
 * MySQL that to read {@code performance_schema}.
 */
class LockWaits {

  private static final Logger log = LoggerFactory.getLogger(LockWaits.class);

  private static final int LONGEST_STATEMENT = 80;

  /** Those that wait, and those that wait behind them. */
  private static final String ON_POSTGRESQL =
      """
      WITH RECURSIVE waiting AS (
          SELECT pid FROM pg_locks WHERE NOT granted AND %s
        UNION
          SELECT behind.pid FROM pg_locks AS behind JOIN waiting
            ON NOT behind.granted AND waiting.pid = ANY (pg_blocking_pids(behind.pid)))
      SELECT pid, query FROM waiting JOIN pg_stat_activity USING (pid) ORDER BY query_start""";

  /** A row is waited for by waiting for the transaction that has changed it. */
  private static final String FOR_TRANSACTION =
      ON_POSTGRESQL.formatted("locktype = 'transactionid' AND transactionid::text = ?");

  private static final String FOR_BACKEND =
      ON_POSTGRESQL.formatted("?::int = ANY (pg_blocking_pids(pid))");

  private static final String WAITING =
      """
      SELECT DISTINCT waiting.trx_mysql_thread_id, waiting.trx_query
      FROM %s AS wait
      JOIN information_schema.innodb_trx AS waiting ON waiting.trx_id = wait.%s
      JOIN information_schema.innodb_trx AS holding ON holding.trx_id = wait.%s
      WHERE holding.trx_mysql_thread_id = ?""";

  private static final String ON_MYSQL =
      WAITING.formatted(
          "performance_schema.data_lock_waits",
          "requesting_engine_transaction_id",
          "blocking_engine_transaction_id");

  private static final String ON_MARIADB =
      WAITING.formatted(
          "information_schema.innodb_lock_waits", "requesting_trx_id", "blocking_trx_id");

  /** The transaction of a prepared branch that has no connection any more has no thread. */
  private static final String NO_THREAD = "0";

  private final Connection connection;

  LockWaits(Connection connection) {
    this.connection = connection;
  }

  /**
   * Who waits for a prepared branch.
   *
   * @param transaction as {@code pg_prepared_xacts.transaction} has it. MySQL and MariaDB do not
   *     tell which branch has locked what, so there these are all that wait for any branch without
   *     a connection
   */
  List<String> forPrepared(String transaction) throws SQLException {
    return isPostgresql() ? query(FOR_TRANSACTION, transaction) : visible(NO_THREAD);
  }

  /**
   * Who waits for a branch that has a connection.
   *
   * @param session of the connection: see {@link XaDatabase#session}
   */
  List<String> forSession(long session) throws SQLException {
    String number = Long.toString(session);
    return isPostgresql() ? query(FOR_BACKEND, number) : visible(number);
  }

  private boolean isPostgresql() throws SQLException {
    return connection.isWrapperFor(BaseConnection.class);
  }

  private List<String> visible(String thread) throws SQLException {
    boolean isMariadb = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    try {
      return query(isMariadb ? ON_MARIADB : ON_MYSQL, thread);
    } catch (SQLException notAllowed) {
      log.debug("Lock waits cannot be read", notAllowed);
      return List.of();
    }
  }

  private List<String> query(String sql, String holder) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, holder);
      ResultSet rows = query.executeQuery();
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add("connection " + rows.getString(1) + ": " + shortened(rows.getString(2)));
      }
      return lines;
    }
  }

  private static String shortened(String statement) {
    if (statement == null || statement.isBlank()) {
      return "a statement that is not shown";
    }
    String line = statement.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_STATEMENT
        ? line
        : line.substring(0, LONGEST_STATEMENT - 3) + "...";
  }
}

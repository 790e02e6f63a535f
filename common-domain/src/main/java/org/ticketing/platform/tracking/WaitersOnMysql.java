package org.ticketing.platform.tracking;

import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * MySQL tells in {@code performance_schema} who waits for whom, and MariaDB in {@code
 * information_schema}. Both want rights that not every user has: on MySQL {@code PROCESS}, and
 * {@code SELECT} on {@code performance_schema}; on MariaDB {@code PROCESS}. Times there are those
 * of the server's own zone.
 */
class WaitersOnMysql implements Waiters {

  private static final String WAITER =
      """
      SELECT waiter.trx_mysql_thread_id,
             timestampdiff(SECOND, waiter.trx_wait_started,
                           convert_tz(utc_timestamp(), '+00:00', 'SYSTEM')),
             waiter.trx_query
      """;

  /** The transaction of a branch that has no connection any more has no thread. */
  private static final long NO_THREAD = 0;

  private static final String ON_MYSQL =
      WAITER
          + """
          FROM performance_schema.data_lock_waits AS blocked
          JOIN performance_schema.data_locks AS wanted
            ON wanted.engine_lock_id = blocked.requesting_engine_lock_id
          JOIN information_schema.innodb_trx AS waiter
            ON waiter.trx_id = blocked.requesting_engine_transaction_id
          JOIN information_schema.innodb_trx AS holder
            ON holder.trx_id = blocked.blocking_engine_transaction_id
          WHERE wanted.object_schema = database()
          """;

  private static final String ON_MARIADB =
      WAITER
          + """
          FROM information_schema.innodb_lock_waits AS blocked
          JOIN information_schema.innodb_locks AS wanted ON wanted.lock_id = blocked.requested_lock_id
          JOIN information_schema.innodb_trx AS waiter ON waiter.trx_id = blocked.requesting_trx_id
          JOIN information_schema.innodb_trx AS holder ON holder.trx_id = blocked.blocking_trx_id
          WHERE wanted.lock_table LIKE concat('`', database(), '`.%')
          """;

  private final JdbcClient jdbc;

  WaitersOnMysql(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The key of the locked row is in the text that says what is locked. */
  @Override
  public List<String> forRow(String table, String column, UUID id) {
    String key = "%" + id + "%";
    return visible(
        () ->
            query(ON_MYSQL + "AND wanted.object_name = :table AND lock_data LIKE :key", table, key),
        () ->
            query(
                ON_MARIADB
                    + "AND wanted.lock_table LIKE concat('%.`', :table, '`') AND lock_data LIKE :key",
                table,
                key));
  }

  @Override
  public List<String> forPrepared(String branch) {
    return forSession(NO_THREAD);
  }

  @Override
  public List<String> forSession(long session) {
    return visible(() -> query(ON_MYSQL, session), () -> query(ON_MARIADB, session));
  }

  private List<String> query(String sql, String table, String key) {
    return jdbc.sql(sql).param("table", table).param("key", key).query(Waiting::line).list();
  }

  private List<String> query(String sql, long thread) {
    return jdbc.sql(sql + "AND holder.trx_mysql_thread_id = :thread")
        .param("thread", thread)
        .query(Waiting::line)
        .list();
  }

  private interface Query {
    List<String> ask();
  }

  /** What the first shows that may be read here and is there. */
  private static List<String> visible(Query... queries) {
    for (Query query : queries) {
      try {
        return query.ask();
      } catch (DataAccessException notHere) {
        // The other server has other tables, and the user may not have the rights.
      }
    }
    return List.of();
  }
}

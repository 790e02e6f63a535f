package org.ticketing.platform.tracking;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who has to wait for a row waits for the end of the transaction that has changed or locked it last,
 * and that one is named in the row ({@code xmax}). It is found so also if it is prepared, and has no
 * process any more. Others wait for those who wait.
 */
class WaitersOnPostgresql implements Waiters {

  private final JdbcClient jdbc;

  WaitersOnPostgresql(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<String> forRow(String table, String column, UUID id) {
    return forTransaction("SELECT xmax FROM %s WHERE %s = :key".formatted(table, column), id);
  }

  @Override
  public List<String> forPrepared(String branch) {
    return forTransaction("SELECT transaction FROM pg_prepared_xacts WHERE gid = :key", branch);
  }

  /**
   * @param query the transaction that has the locks
   */
  private List<String> forTransaction(String query, Object key) {
    return jdbc.sql(
            """
            WITH RECURSIVE waiter AS (
                SELECT pid FROM pg_locks
                WHERE locktype = 'transactionid' AND NOT granted AND transactionid IN (%s)
              UNION
                SELECT behind.pid
                FROM waiter JOIN pg_locks AS behind
                  ON NOT behind.granted AND waiter.pid = ANY (pg_blocking_pids(behind.pid)))
            SELECT pid, EXTRACT(EPOCH FROM clock_timestamp() - query_start), query
            FROM waiter JOIN pg_stat_activity USING (pid)
            ORDER BY query_start"""
                .formatted(query))
        .param("key", key)
        .query(Waiting::line)
        .list();
  }
}

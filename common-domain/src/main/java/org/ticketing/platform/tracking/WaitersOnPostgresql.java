package org.ticketing.platform.tracking;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who has to wait for a row waits for the end of the transaction that has changed or locked it
 * last, and that one is named in the row ({@code xmax}). It is found so also if it is prepared, and
 * has no process any more. Others wait for those who wait.
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

  @Override
  public List<String> forSession(long session) {
    return query("CAST(:key AS int) = ANY (pg_blocking_pids(pid))", session);
  }

  /**
   * @param query the transaction that has the locks
   */
  private List<String> forTransaction(String query, Object key) {
    return query("locktype = 'transactionid' AND transactionid IN (%s)".formatted(query), key);
  }

  /**
   * @param first which of the locks that are waited for are wanted by those who wait in front
   */
  private List<String> query(String first, Object key) {
    return jdbc.sql(
            """
            WITH RECURSIVE waiter AS (
                SELECT pid FROM pg_locks WHERE NOT granted AND %s
              UNION
                SELECT behind.pid
                FROM waiter JOIN pg_locks AS behind
                  ON NOT behind.granted AND waiter.pid = ANY (pg_blocking_pids(behind.pid)))
            SELECT pid, EXTRACT(EPOCH FROM clock_timestamp() - query_start), query
            FROM waiter JOIN pg_stat_activity USING (pid)
            ORDER BY query_start"""
                .formatted(first))
        .param("key", key)
        .query(Waiting::line)
        .list();
  }
}

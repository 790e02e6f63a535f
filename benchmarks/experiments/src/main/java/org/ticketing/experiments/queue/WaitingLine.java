package org.ticketing.experiments.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.ticketing.workload.NotMeasuredException;

/**
 * The line for one schedule, in the database of a running system. It is filled there and not
 * through the API, because arrivals are not measured.
 */
final class WaitingLine {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Not all the time, which would take the processor from what is measured. */
  private static final Duration LOOK_INTERVAL = Duration.ofNanos(500_000);

  private final Connection database;
  private final UUID schedule;
  private final Duration activeFor;

  /**
   * @param activeFor how long an admission lasts, as the system is configured
   */
  WaitingLine(Connection database, UUID schedule, Duration activeFor) {
    this.database = database;
    this.schedule = schedule;
    this.activeFor = activeFor;
  }

  /**
   * Puts customers in line, those given evenly into its second half, and only then lets the system
   * know of them.
   */
  void fill(int waiting, List<UUID> customers) throws SQLException {
    update("TRUNCATE queue.queue, queue.queue_token");
    update("INSERT INTO queue.queue VALUES (?, 0, 0)", schedule);
    update(
        """
        INSERT INTO queue.queue_token
        SELECT gen_random_uuid(), ?, COALESCE(customer.id, gen_random_uuid()), number, 'WAITING',
               now(), NULL, 0
        FROM generate_series(1, ?) AS number
        LEFT JOIN unnest(?) WITH ORDINALITY AS customer (id, place)
          ON number = ? + place * ?""",
        schedule,
        waiting,
        database.createArrayOf("uuid", customers.toArray()),
        waiting / 2,
        waiting / 2 / customers.size());
    update("VACUUM ANALYZE queue.queue_token");
    update("UPDATE queue.queue SET last_number = ?", waiting);
  }

  /**
   * Waits for the system's next admission run. The run begins when its tokens become active, as
   * they tell, and ends when another connection can see them.
   */
  Duration nextAdmission() throws SQLException {
    Instant before = latestEnd();
    Instant giveUp = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(giveUp)) {
      Instant latest = latestEnd();
      if (latest.isAfter(before)) {
        return Duration.between(latest.minus(activeFor), Instant.now());
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
    throw new NotMeasuredException("Nobody was admitted from the queue within " + PATIENCE + ".");
  }

  /**
   * How often the tokens were read by each index, and how many rows without one. Rows, because
   * emptying the table counts as scans of the empty table, one an index.
   */
  Map<String, Long> scans() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT indexrelname, idx_scan FROM pg_stat_user_indexes
                WHERE schemaname = 'queue' AND relname = 'queue_token' AND idx_scan > 0
                UNION ALL
                SELECT 'none', seq_tup_read FROM pg_stat_user_tables
                WHERE schemaname = 'queue' AND relname = 'queue_token'""")) {
      Map<String, Long> scans = new TreeMap<>();
      while (row.next()) {
        scans.put(row.getString(1), row.getLong(2));
      }
      return scans;
    }
  }

  private Instant latestEnd() throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            SELECT max(active_until) FROM queue.queue_token
            WHERE schedule_id = ? AND status = 'ACTIVE'""")) {
      statement.setObject(1, schedule);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        OffsetDateTime latest = row.getObject(1, OffsetDateTime.class);
        return latest == null ? Instant.MIN : latest.toInstant();
      }
    }
  }

  private void update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}

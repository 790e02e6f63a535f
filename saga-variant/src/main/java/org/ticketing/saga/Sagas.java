package org.ticketing.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.tracking.TransactionKey;

/**
 * The log of sagas, as far as others than the engine read it, and when a compensation may begin:
 * see {@code V1__saga_log.sql}.
 */
@Component
@ConditionalOnHosted("payment")
class Sagas {

  private static final String SAGA =
      """
      SELECT id, business_key, status, compensation_status, is_running, gmt_started, gmt_updated,
             compensations, coalesce(not_before = 'infinity', false) AS suspended,
             EXISTS (SELECT FROM seata_state_inst
                     WHERE machine_inst_id = saga.id AND state_id_compensated_for IS NOT NULL)
               AS compensating,
             (SELECT name || ': ' || convert_from(excep, 'UTF8') FROM seata_state_inst
              WHERE machine_inst_id = saga.id AND excep IS NOT NULL
              ORDER BY gmt_updated DESC NULLS LAST, state_id_compensated_for IS NULL LIMIT 1)
               AS failure
      FROM seata_state_machine_inst AS saga
      """;

  private final JdbcClient log;

  Sagas(JdbcClient log) {
    this.log = log;
  }

  /** Whether the saga of the payment has begun. */
  boolean hasBegun(UUID paymentId) {
    return log.sql("SELECT EXISTS (SELECT 1 FROM seata_state_machine_inst WHERE business_key = ?)")
        .param(paymentId.toString())
        .query(Boolean.class)
        .single();
  }

  /** Those of the payments whose sagas have succeeded and will not be compensated. */
  Set<UUID> succeeded(Set<UUID> payments) {
    return log.sql(
            """
            SELECT business_key FROM seata_state_machine_inst
            WHERE business_key IN (:payments)
              AND status = 'SU' AND is_running IS NOT TRUE AND compensation_status IS NULL""")
        .param("payments", payments.stream().map(UUID::toString).toList())
        .query((row, number) -> UUID.fromString(row.getString("business_key")))
        .set();
  }

  /**
   * The Xids of sagas that have neither succeeded nor been compensated, whose compensation may
   * begin, and in which nothing has happened since then; a hundred at most, the oldest first.
   */
  List<String> unfinishedSince(Instant then) {
    return log.sql(
            """
            SELECT id FROM seata_state_machine_inst
            WHERE (is_running OR compensation_status <> 'SU'
                OR status = 'UN' AND compensation_status IS NULL)
              AND gmt_updated < ?
              AND (not_before IS NULL OR not_before < now())
            ORDER BY gmt_updated LIMIT 100""")
        .param(Timestamp.from(then))
        .query(String.class)
        .list();
  }

  /** Those that have neither succeeded nor been compensated; the oldest first. */
  List<Saga> unfinished(int limit) {
    return log.sql(
            SAGA
                + """
                WHERE is_running OR compensation_status <> 'SU'
                   OR status = 'UN' AND compensation_status IS NULL
                ORDER BY gmt_started LIMIT ?""")
        .param(limit)
        .query(Sagas::saga)
        .list();
  }

  Optional<Saga> find(TransactionKey transaction) {
    String condition = transaction.payment() == null ? "WHERE id = ?" : "WHERE business_key = ?";
    String value =
        transaction.payment() == null ? transaction.xid() : transaction.payment().toString();
    return log.sql(SAGA + condition).param(value).query(Sagas::saga).optional();
  }

  /** The steps and compensations of a saga, in the order in which they were begun. */
  List<SagaStep> stepsOf(String xid) {
    return log.sql(
            """
            SELECT name, status, state_id_compensated_for IS NOT NULL AS compensation,
                   EXISTS (SELECT FROM seata_state_inst AS other
                           WHERE other.machine_inst_id = step.machine_inst_id
                             AND other.state_id_compensated_for = step.id
                             AND other.status = 'SU') AS compensated,
                   coalesce(gmt_end, gmt_started) AS since
            FROM seata_state_inst AS step WHERE machine_inst_id = ? ORDER BY gmt_started, id""")
        .param(xid)
        .query(
            (row, number) ->
                new SagaStep(
                    row.getString("name"),
                    row.getString("status"),
                    row.getBoolean("compensation"),
                    row.getBoolean("compensated"),
                    row.getTimestamp("since").toInstant()))
        .list();
  }

  /**
   * Counts a compensation that somebody asks for, if it may begin now. Nothing depends on the
   * number, so it is not forced to the disk.
   *
   * @return false if it may not, or if there is no such saga
   */
  boolean beginsCompensation(String xid) {
    int begun =
        log.sql(
                """
                UPDATE seata_state_machine_inst SET compensations = compensations + 1
                WHERE id = ? AND (not_before IS NULL OR not_before < now()) AND %s"""
                    .formatted(SagaLog.NOT_FORCED))
            .param(xid)
            .update();
    return begun == 1;
  }

  /** Lets no compensation of the saga begin until {@link #resume}. */
  void suspend(String xid) {
    log.sql("UPDATE seata_state_machine_inst SET not_before = 'infinity' WHERE id = ?")
        .param(xid)
        .update();
  }

  void resume(String xid) {
    log.sql("UPDATE seata_state_machine_inst SET not_before = NULL WHERE id = ?")
        .param(xid)
        .update();
  }

  /** Lets no compensation of the saga begin for that long, or until {@link #goOn}. */
  void holdOff(String xid, Duration time) {
    log.sql(
            """
            UPDATE seata_state_machine_inst
            SET not_before = greatest(not_before, now() + ? * interval '1 millisecond')
            WHERE id = ?""")
        .param(time.toMillis())
        .param(xid)
        .update();
  }

  /** Ends {@link #holdOff}; a saga that is suspended stays so. */
  void goOn(String xid) {
    log.sql(
            """
            UPDATE seata_state_machine_inst SET not_before = NULL
            WHERE id = ? AND not_before <> 'infinity'""")
        .param(xid)
        .update();
  }

  private static Saga saga(ResultSet row, int number) throws SQLException {
    return new Saga(
        row.getString("id"),
        UUID.fromString(row.getString("business_key")),
        row.getString("status"),
        row.getString("compensation_status"),
        row.getBoolean("is_running"),
        row.getBoolean("compensating"),
        row.getTimestamp("gmt_started").toInstant(),
        row.getTimestamp("gmt_updated").toInstant(),
        row.getInt("compensations"),
        row.getBoolean("suspended"),
        FailureText.firstLine(row.getString("failure")));
  }

  /**
   * Counts the sagas that have neither succeeded nor been compensated. A compensation is asked for
   * every second, so one that was begun a quarter of a minute ago has failed several times. (The
   * log keeps one row of it, however often it is tried.)
   */
  Unfinished countUnfinished() {
    return log.sql(
            """
            SELECT coalesce(extract(epoch FROM now() - min(gmt_started)), 0) AS oldest_seconds,
                   count(*) FILTER (WHERE coalesce(compensation_status, 'SU') = 'SU') AS running,
                   count(*) FILTER (WHERE compensation_status = 'RU') AS compensating,
                   count(*) FILTER (WHERE compensation_status NOT IN ('RU', 'SU')) AS failed,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT 1 FROM seata_state_inst
                       WHERE machine_inst_id = saga.id AND state_id_compensated_for IS NOT NULL
                         AND status <> 'SU'
                         AND gmt_started < now() - interval '15 seconds')) AS failing
            FROM seata_state_machine_inst AS saga
            WHERE is_running OR compensation_status <> 'SU'
               OR status = 'UN' AND compensation_status IS NULL""")
        .query(
            (row, number) ->
                new Unfinished(
                    row.getDouble("oldest_seconds"),
                    row.getLong("running"),
                    row.getLong("compensating"),
                    row.getLong("failed"),
                    row.getLong("failing")))
        .single();
  }

  /**
   * @param oldestSeconds since the first of them began; 0 if there are none
   * @param running not compensated
   * @param compensating while a compensation runs
   * @param failed after a compensation that did not succeed
   * @param failing those with a compensation that was tried several times in vain
   */
  record Unfinished(
      double oldestSeconds, long running, long compensating, long failed, long failing) {

    long number() {
      return running + compensating + failed;
    }
  }
}

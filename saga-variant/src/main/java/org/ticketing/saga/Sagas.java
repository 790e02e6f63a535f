package org.ticketing.saga;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;

/** The log of sagas, as far as others than the engine read it: see {@code V1__saga_log.sql}. */
@Component
@ConditionalOnHosted("payment")
class Sagas {

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
   * The Xids of sagas that have neither succeeded nor been compensated, and in which nothing has
   * happened since then; a hundred at most, the oldest first.
   */
  List<String> unfinishedSince(Instant then) {
    return log.sql(
            """
            SELECT id FROM seata_state_machine_inst
            WHERE (is_running OR compensation_status <> 'SU'
                OR status = 'UN' AND compensation_status IS NULL)
              AND gmt_updated < ?
            ORDER BY gmt_updated LIMIT 100""")
        .param(Timestamp.from(then))
        .query(String.class)
        .list();
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
